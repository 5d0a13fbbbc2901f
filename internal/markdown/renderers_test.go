package markdown

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A reader is a program that makes a site of Markdown.
type reader struct {
	name    string
	dialect string
	program string            // that must be there
	config  map[string]string // files of the site
	page    string            // where the page N is written, with %d
	front   string            // matter in front of a page
	built   string            // where it is built to
	command []string
	fresh   bool // only for fresh texts: what it would find is found by another
	slow    bool // not for fresh texts
}

// perPage is how many trials are made on one page.
const perPage = 500

var readers = []reader{
	{
		name: "hugo", dialect: "hugo", program: "hugo",
		config: map[string]string{"hugo.toml": "baseURL='https://e.org/'\ntitle='x'\nenableEmoji=true\ndisableKinds=['taxonomy','term','RSS','sitemap']\n", "layouts/_default/single.html": "{{ .Content }}", "layouts/_default/list.html": "x"},
		page:   "content/p%d.md", front: "---\ntitle: x\n---\n\n", built: "public/p%d/index.html", command: []string{"hugo"},
	},
	{
		name: "hugo with raw HTML", dialect: "hugo-unsafe", program: "hugo",
		config: map[string]string{"hugo.toml": "baseURL='https://e.org/'\ntitle='x'\nenableEmoji=true\ndisableKinds=['taxonomy','term','RSS','sitemap']\n[markup.goldmark.renderer]\nunsafe=true\n", "layouts/_default/single.html": "{{ .Content }}", "layouts/_default/list.html": "x"},
		page:   "content/p%d.md", front: "---\ntitle: x\n---\n\n", built: "public/p%d/index.html", command: []string{"hugo"},
	},
	{
		name: "mkdocs", dialect: "mkdocs", program: "mkdocs",
		config: map[string]string{"docs/index.md": "x", "mkdocs.yml": "site_name: x\ntheme: material\nmarkdown_extensions: [admonition, md_in_html, tables, pymdownx.superfences, pymdownx.tasklist]\n"},
		page:   "docs/p%d.md", front: "---\ntitle: x\n---\n\n", built: "site/p%d/index.html", command: []string{"mkdocs", "build", "-q"},
	},
	{
		name: "mkdocs with every extension", dialect: "mkdocs", program: "mkdocs",
		config: map[string]string{"docs/index.md": "x", "mkdocs.yml": "site_name: x\ntheme: material\nmarkdown_extensions:\n  - abbr\n  - admonition\n  - attr_list\n  - def_list\n  - footnotes\n  - md_in_html\n  - smarty\n  - tables\n  - meta\n  - sane_lists\n  - toc:\n      permalink: false\n" +
			"  - pymdownx.arithmatex\n  - pymdownx.betterem\n  - pymdownx.caret\n  - pymdownx.critic\n  - pymdownx.details\n  - pymdownx.emoji\n  - pymdownx.inlinehilite\n  - pymdownx.keys\n  - pymdownx.magiclink:\n      repo_url_shorthand: true\n      user: a\n      repo: b\n  - pymdownx.mark\n  - pymdownx.progressbar\n  - pymdownx.smartsymbols\n  - pymdownx.snippets\n  - pymdownx.superfences\n  - pymdownx.tabbed\n  - pymdownx.tasklist\n  - pymdownx.tilde\n"},
		page: "docs/p%d.md", front: "---\ntitle: x\n---\n\n", built: "site/p%d/index.html", command: []string{"mkdocs", "build", "-q"},
	},
	{
		name: "jekyll", dialect: "jekyll", program: "jekyll",
		config: map[string]string{"_config.yml": "title: x\nmarkdown: kramdown\nkramdown:\n  input: GFM\n"},
		page:   "p%d.md", front: "---\ntitle: x\nlayout: null\n---\n\n", built: "_site/p%d.html", command: []string{"jekyll", "build", "--quiet", "--disable-disk-cache"},
	},
	{
		name: "mdx", dialect: "docusaurus", program: "node",
		config: map[string]string{"build.mjs": evaluateMDX},
		page:   "p%d.md", front: "", built: "p%d.html", command: []string{"node", "build.mjs"}, fresh: true,
	},
	{
		name: "docusaurus", dialect: "docusaurus", program: "node",
		config: map[string]string{"docs/index.md": "x\n", "package.json": "{\"name\":\"x\",\"private\":true}\n", "docusaurus.config.js": docusaurusConfig},
		page:   "docs/p%d.md", front: "---\ntitle: x\ndescription: x\n---\n\n", built: "build/p%d/index.html",
		command: []string{"node", "node_modules/@docusaurus/core/bin/docusaurus.mjs", "build"}, slow: true,
	},
}

// evaluateMDX compiles and renders each page by itself, so that one that does
// not compile is one failure.
const evaluateMDX = `import {evaluate} from '@mdx-js/mdx';
import * as jsx from 'react/jsx-runtime';
import {createElement} from 'react';
import {renderToStaticMarkup} from 'react-dom/server';
import remarkGfm from 'remark-gfm';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
for (const f of readdirSync('.').filter((f) => f.endsWith('.md'))) {
  let html;
  try {
    const page = await evaluate(readFileSync(f, 'utf8'), {...jsx, remarkPlugins: [remarkGfm]});
    html = renderToStaticMarkup(createElement(page.default));
  } catch (e) {
    html = 'does not compile: ' + String(e).replaceAll('<', '&lt;');
  }
  writeFileSync(f.replace('.md', '.html'), html);
}
`

const docusaurusConfig = `module.exports = {
  title: 'x', url: 'https://e.org', baseUrl: '/', onBrokenLinks: 'throw', onBrokenAnchors: 'ignore',
  future: {v4: true, faster: true},
  presets: [['classic', {docs: {routeBasePath: '/'}, blog: false, pages: false, theme: {}}]],
};
`

// npmFolder is where .ci/install puts the packages of npm.
const npmFolder = "../../out/npm/node_modules"

// present reports whether a reader can be run. On a build machine all can.
func present(t testing.TB, r reader) bool {
	t.Helper()
	_, err := exec.LookPath(r.program)
	if err == nil && r.program == "node" {
		_, err = os.Stat(npmFolder + "/.package-lock.json")
	}
	if err == nil {
		return true
	}
	if os.Getenv("CI") == "true" {
		t.Errorf("%s: %v: .ci/install installs it", r.name, err)
	} else {
		t.Logf("%s is not tried: %v; .ci/install installs it", r.name, err)
	}
	return false
}

// build makes a site of the pages and gives their HTML.
func (r reader) build(t testing.TB, dir string, pages []string) []string {
	t.Helper()
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range r.config {
		write(name, text)
	}
	for i, p := range pages {
		write(fmt.Sprintf(r.page, i), r.front+p)
	}
	if r.program == "node" {
		npm, err := filepath.Abs(npmFolder)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(npm, filepath.Join(dir, "node_modules")); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(r.command[0], r.command[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "NO_UPDATE_NOTIFIER=1", "CI=true", "LANG=C.UTF-8", "DOCUSAURUS_NO_PERSISTENT_CACHE=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%.4000s", r.name, err, out)
	}
	built := make([]string, len(pages))
	for i := range pages {
		html, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf(r.built, i)))
		if err != nil {
			t.Fatal(err)
		}
		built[i] = hashLink.ReplaceAllString(string(html), "")
	}
	return built
}

// hashLink is the link of a heading to itself, which shows only below a pointer.
var hashLink = regexp.MustCompile(`<a(?:[^<>"']|"[^"]*"|'[^']*')*>(?:\x{200b}|&#8203;)</a>`)

var marker = regexp.MustCompile(`Zq(\d+)x`)

// trial is something written for a site, and what is looked for in what became
// of it.
type trial struct {
	place, text, written string
	alone                bool                // it has a page for itself
	check                func(string) string // says what is wrong with its HTML
}

// textTrials are texts in every place.
func textTrials(d Dialect, texts []string) []trial {
	var trials []trial
	for _, text := range texts {
		if Visible(text) == "" {
			continue
		}
		for i := range spots {
			md, want := spot(i, text)
			out, _ := Rewrite([]byte(md), d, RewriteOptions{})
			trials = append(trials, trial{place: spots[i].name, text: text, written: out, check: func(html string) string { return checkShown(d, html, want) }})
		}
	}
	return trials
}

// try builds a site of all trials and gives those with which something is wrong:
// the place, the text, what is wrong.
func (r reader) try(t testing.TB, trials []trial) (bad [][3]string) {
	t.Helper()
	var pages []string
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			pages = append(pages, b.String()+"Zq0000x\n")
			b.Reset()
		}
	}
	on := 0
	for i, c := range trials {
		if c.alone || on == perPage {
			flush()
			on = 0
		}
		fmt.Fprintf(&b, "Zq%dx\n\n%s\n", i, c.written)
		if on++; c.alone {
			flush()
			on = 0
		}
	}
	flush()
	at := r.cases(t, pages)
	for i, c := range trials {
		html, found := at[fmt.Sprint(i)]
		problem := "is not on the page"
		if found {
			problem = c.check(html)
		}
		if problem != "" {
			bad = append(bad, [3]string{c.place, c.text, problem})
		}
	}
	return bad
}

// cases builds pages and gives the HTML of each case on them, by its number.
func (r reader) cases(t testing.TB, pages []string) map[string]string {
	t.Helper()
	at := map[string]string{}
	for _, html := range r.build(t, t.TempDir(), pages) {
		places := marker.FindAllStringSubmatchIndex(html, -1)
		for k := range len(places) - 1 {
			at[html[places[k][2]:places[k][3]]] = html[places[k][1]:places[k+1][0]]
		}
	}
	return at
}

// known are the failures that are left, each with its reason.
var known = []struct{ reader, spot, text, why string }{}

// fixedSeed is that of ordinary runs; make fuzz gives another.
const fixedSeed = 7

var seed = flag.Uint64("seed", fixedSeed, "try fresh texts in the readers of sites")

// TestReaders builds a real site with every reader, of hostile texts in every
// place, of pages as nobody would write them, and of whole pages. All show what
// they should, and nothing in them is alive.
func TestReaders(t *testing.T) {
	texts, fresh := spoken(fixedSeed, 250), *seed != fixedSeed
	if fresh {
		texts = mixtures(*seed, 500)
	}
	for _, r := range readers {
		if r.fresh && !fresh || r.slow && fresh {
			continue
		}
		t.Run(r.name, func(t *testing.T) {
			if !present(t, r) {
				return
			}
			d, ok := DialectOf(r.dialect)
			if !ok {
				t.Fatalf("no dialect %s", r.dialect)
			}
			inText, inWild, inWhole := textTrials(d, texts), wildTrials(d, wild(*seed, 500)), wholeTrials(t, d)
			bad := r.try(t, slices.Concat(inText, inWild, inWhole))
			for _, b := range bad {
				if !isKnown(r.name, b) {
					t.Errorf("%s: %q %s", b[0], b[1], b[2])
				}
			}
			t.Logf("%d texts in places, %d wild pages, %d whole pages; %d are not shown as they are", len(inText), len(inWild), len(inWhole), len(bad))
			for _, k := range known {
				if !fresh && k.reader == r.name && !failed(bad, k.spot, k.text) {
					t.Errorf("%s: %q is shown by now; take it off the list", k.spot, k.text)
				}
			}
		})
	}
}

func isKnown(reader string, b [3]string) bool {
	for _, k := range known {
		if k.reader == reader && k.spot == b[0] && k.text == b[1] {
			return true
		}
	}
	return false
}

func failed(bad [][3]string, spot, text string) bool {
	for _, b := range bad {
		if b[0] == spot && b[1] == text {
			return true
		}
	}
	return false
}
