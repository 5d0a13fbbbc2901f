package yaml

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// scalars are texts that some reader of YAML takes for something else, or stops at.
var scalars = strings.Split("~ null Null NULL true True yes Yes no off On y n Y N 0 1 010 0o10 0x1F 1_000 1e3 .5 1. -1 +1 .inf -.Inf .nan 1:30 12:30:45 190:20:30 2024-07-30 2024-07-30T11:45:00Z "+
	"= << <<: - -- --- ... ? ?a : :a a: a:b # a#b #a & &a * *a ! !a !!str % %a @ @a ` `a | > [ ] { } [a] {a:b} , a,b ' \" '' \\ \\n %YAML e3 none None NaN", " ")

var sentences = []string{"", " ", " a", "a ", "a: b", "a #b", "? a", "- a", "a\nb", "a\n", "\n", "a\tb", "\t", "a\r\nb", "\x00", "\x1b[31m", "\x7f", "\u0085", "\u00a0", "a\u2028b\u2029", "\ufeffbom", "\u202eevil", "\U0001f600 日本 é",
	"\ufffe\uffff", "\u200b", "it's", `say "x" \ 'y'`, "{{< x >}}", "<script>", "a: [b", "--- a", "key: |", "word one-two_3.4/5 (x)", "2024-07-30 11:45", "1,000", "12e03", "0b11", "-0", "+.inf"}

// otherReaders are the libraries that sites read their front matter with.
var otherReaders = []struct {
	name    string
	probe   []string // succeeds where the reader is installed
	command []string
}{
	{"PyYAML", []string{"python3", "-c", "import yaml"}, []string{"python3", "-c", "import sys,yaml,json; json.dump(yaml.safe_load(open(sys.argv[1],encoding='utf-8')),sys.stdout)"}},
	{"Psych", []string{"ruby", "-ryaml", "-e", ""}, []string{"ruby", "-ryaml", "-rjson", "-e", "Encoding.default_external='UTF-8'; print JSON.generate(YAML.safe_load(File.read(ARGV[0])))"}},
	{"js-yaml", []string{"node", "-e", "require(process.cwd()+'/../../out/npm/node_modules/js-yaml')"}, []string{"node", "-e", "const y=require(process.cwd()+'/../../out/npm/node_modules/js-yaml');process.stdout.write(JSON.stringify(y.load(require('fs').readFileSync(process.argv[1],'utf8'))))"}},
}

// TestQuoteElsewhere: other readers of YAML read the same strings, as values and
// in a list of the flow style.
func TestQuoteElsewhere(t *testing.T) {
	texts := append(append([]string(nil), scalars...), sentences...)
	var doc bytes.Buffer
	for _, s := range texts {
		doc.WriteString("- {v: " + Quote(s) + ", w: [" + Quote(s) + "]}\n")
		doc.WriteString("- v: " + Quote(s) + "\n  w:\n  - " + Quote(s) + "\n")
	}
	file := filepath.Join(t.TempDir(), "x.yaml")
	if err := os.WriteFile(file, doc.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, r := range otherReaders {
		t.Run(r.name, func(t *testing.T) {
			if err := exec.Command(r.probe[0], r.probe[1:]...).Run(); err != nil {
				if os.Getenv("CI") == "true" {
					t.Fatalf("%v: .ci/install installs it", err)
				}
				t.Logf("%s is not tried: %v; .ci/install installs it", r.name, err)
				return
			}
			out, err := exec.Command(r.command[0], append(r.command[1:], file)...).Output()
			if err != nil {
				t.Fatalf("it does not read the document: %v", err)
			}
			var got []struct {
				V any
				W []any
			}
			if err := json.Unmarshal(out, &got); err != nil {
				t.Fatalf("%v\n%.2000s", err, out)
			}
			if len(got) != 2*len(texts) {
				t.Fatalf("%d of %d", len(got), 2*len(texts))
			}
			for i, g := range got {
				want := strings.ToValidUTF8(texts[i/2], "\ufffd")
				if g.V != want || len(g.W) != 1 || g.W[0] != want {
					t.Errorf("%q is read as %q and %q", want, g.V, g.W)
				}
			}
		})
	}
}
