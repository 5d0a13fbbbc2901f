package markdown

import (
	"fmt"
	"strings"
	"testing"
)

// typist types a page, that data tells it to, in a way that choices tell it. Two
// of them with the same data and other choices type the same page.
type typist struct {
	data, choices []byte
	b             strings.Builder
}

func next(list *[]byte, n int) int {
	if len(*list) == 0 {
		return 0
	}
	c := (*list)[0]
	*list = (*list)[1:]
	return int(c) % n
}

func (p *typist) pick(n int) int        { return next(&p.data, n) }
func (p *typist) either(ways ...string) { p.b.WriteString(ways[next(&p.choices, len(ways))]) }

// words are the words of the pages; each stands in a line of its own ways to type
// it. Each is the same to a reader.
var words = [][]string{
	{"slow"}, {"again"}, {`snake_case`, `snake\_case`, `snake&#95;case`}, {`\_a\_`, `&#95;a\_`, `\_a&lowbar;`},
	{`2 \* 3`, `2 &ast; 3`, `2 * 3`, `2 &#42; 3`}, {`a&b`, `a&amp;b`, `a\&b`, `a&#x26;b`}, {`&amp;amp;`, `\&amp;`}, {`a&b \&amp;`, `a&amp;b &amp;amp;`},
	{`x < y`, `x \< y`, `x &lt; y`}, {`\[3\]`, `&lbrack;3]`, `[3]`}, {`1.5%`, `1\.5\%`, `1&#46;5%`}, {`\~11`, `&#126;11`}, {`c:\\d`, `c:\d`, `c:&bsol;d`},
	{"`a_b`", "``a_b``", "`` a_b ``"}, {"`` ` ``", "``` ` ```"},
	{`<https://e.org/a_b>`, `[https://e.org/a_b](https://e.org/a_b)`, `https://e.org/a_b`, `[https://e.org/a\_b](<https://e.org/a_b>)`, `[https://e.org/a_b](https://e.org/a\_b "")`},
	{`<a@b.org>`, `[a@b.org](mailto:a@b.org)`, `a@b.org`},
	{`[www.e.org](http://www.e.org)`, `www.e.org`},
	{`[text](/u?a=1&b=2)`, `[text](</u?a=1&amp;b=2>)`, `[te&#120;t](/u?a=1&#38;b=2 "")`},
	{`![alt](/i.png)`, `![alt](</i.png>)`}, {`\![text](/u)`, `&#33;[text](/u)`},
	{`~~gone~~`, `~gone~`}, {`é_ü`, `é\_ü`, `&eacute;&lowbar;ü`},
}

// words types words, some of them emphasised.
func (p *typist) words(depth int) {
	for i := range 1 + p.pick(5) {
		if i > 0 {
			switch p.pick(4) {
			case 0:
				p.either("  \n", "\\\n", "<br>", "<br />\n", "   \n")
			case 1:
				p.either(" ", "\n")
			default:
				p.either(" ", "  ")
			}
		}
		p.word(depth)
	}
}

func (p *typist) word(depth int) {
	kind := p.pick(4)
	if depth == 0 || kind > 1 {
		p.either(words[p.pick(len(words))]...)
		return
	}
	mark := [][]string{{"*", "_"}, {"**", "__"}}[kind]
	way := mark[next(&p.choices, 2)]
	p.b.WriteString(way + "so ")
	p.word(0)
	p.b.WriteString(" thus" + way)
}

// page types paragraphs, headings and lists.
func (p *typist) page() string {
	for range 1 + p.pick(4) {
		switch p.pick(3) {
		case 0:
			p.b.WriteString("so ")
			p.words(1)
			p.b.WriteString("\n\n")
		case 1:
			kind := next(&p.choices, 3)
			if kind < 2 {
				p.b.WriteString("## ")
			}
			p.word(1)
			p.b.WriteString([]string{"\n\n", " ##\n\n", "\n---\n\n"}[kind])
		case 2:
			bullet := []string{"- ", "* ", "+ ", "-   "}[next(&p.choices, 4)]
			for range 1 + p.pick(3) {
				p.b.WriteString(bullet)
				p.word(1)
				p.b.WriteString("\n")
			}
			p.b.WriteString("\nend\n\n")
		}
	}
	return p.b.String()
}

// plain writes what blocks spell.
func plain(b *strings.Builder, blocks []Block) {
	for _, x := range blocks {
		fmt.Fprintf(b, "%s %d %q %q", x.Kind, x.Level, x.Text, x.Plain)
		for _, l := range x.Links {
			fmt.Fprintf(b, " %q=%t", l.Text, l.Image)
		}
		b.WriteByte('\n')
		plain(b, x.Children)
	}
}

// FuzzSpelling types a page twice, each time in another way, and wants its
// blocks to be spelled the same.
func FuzzSpelling(f *testing.F) {
	all := make([]byte, 0, 256)
	for i := range 256 {
		all = append(all, byte(i*7))
	}
	for i := range len(words) {
		for way := range 5 {
			f.Add([]byte{0, 0, 0, 3, byte(i)}, []byte{byte(way)})
		}
	}
	for i := range 40 {
		f.Add(all[i:], all[3*i:])
		f.Add(all[5*i:], all[2*i:])
	}
	f.Fuzz(func(t *testing.T, data, choices []byte) {
		one, other := typist{data: data}, typist{data: data, choices: choices}
		a, b := one.page(), other.page()
		var x, y strings.Builder
		blocks, _ := Blocks([]byte(a))
		plain(&x, blocks)
		blocks, _ = Blocks([]byte(b))
		plain(&y, blocks)
		if x.String() != y.String() {
			t.Errorf("%s\nis spelled\n%s\nand\n%s\nis spelled\n%s", a, x.String(), b, y.String())
		}
	})
}

// TestSpellingDiffers: pages that are not the same are not spelled the same.
func TestSpellingDiffers(t *testing.T) {
	for _, tt := range [][2]string{
		{`\![a](b)`, `![a](b)`}, {`*a*`, `\*a\*`}, {`a*b*`, `a**b**`}, {`_a_`, `\_a\_`}, {"`a`", "\\`a\\`"}, {`[a](b)`, `\[a](b)`},
		{`<https://e.org>`, `[https://e.org](https://e.com)`}, {`&amp;lt;`, `&lt;`}, {`~~a~~`, `\~~a\~~`}, {`\<b>`, `x <b>`}, {"`a`", "`` `a` ``"},
	} {
		a, _ := Blocks([]byte("so " + tt[0]))
		b, _ := Blocks([]byte("so " + tt[1]))
		if a[0].Plain == b[0].Plain {
			t.Errorf("%s and %s are both spelled %s", tt[0], tt[1], a[0].Plain)
		}
	}
}
