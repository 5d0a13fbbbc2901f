package redact

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRules: each rule finds its examples, and by itself, and spares the others.
func TestRules(t *testing.T) {
	seen := map[string]bool{}
	for _, rule := range Rules() {
		if seen[rule.Name] {
			t.Errorf("%s: the name is given twice", rule.Name)
		}
		seen[rule.Name] = true
		if rule.Doc == "" || rule.Kind != kindOf(rule.Kind) || len(rule.Fires) == 0 || len(rule.Spares) == 0 {
			t.Errorf("%s: it needs a line about it, a kind in small letters, a text that it finds and one that it spares", rule.Name)
		}
		alone := &Redactor{set: newRuleSet(compile([]Rule{rule})), count: map[string]int{}, given: map[string]string{}}
		for _, text := range rule.Fires {
			if len(alone.matches(text)) == 0 {
				t.Errorf("%s: nothing found in %q", rule.Name, text)
			}
			all := New(Options{Identities: true})
			if out := all.Text(text); out == text || len(all.Find([]byte(out))) > 0 {
				t.Errorf("%s: %q is %q", rule.Name, text, out)
			}
		}
		for _, text := range rule.Spares {
			for _, m := range alone.matches(text) {
				t.Errorf("%s: found %q in %q", rule.Name, text[m.start:m.end], text)
			}
		}
		for _, k := range rule.Keywords {
			if k != strings.ToLower(k) {
				t.Errorf("%s: keyword %q is not in small letters", rule.Name, k)
			}
		}
	}
}

// nearMisses are texts of incidents that look like something and are nothing.
var nearMisses = []string{
	"2024-07-30T11:45:00.123456789+02:00", "11:45:03", "30/Jul/2024:11:45:03 +0000", "1722339903.123", "1722339903123456789",
	"commit 4d3a9e8f7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e", "sha256:" + long64, "ec711debe5cd", "e3fa2c1d09b7a",
	"checkout.jsonl:100", "logs/edge.log.gz@10485760", "pages.json#/log_entries/2", "status.json#/incident/incident_updates/0",
	"checkout 2.41.0", "v1.29.3-eks-4f5d6a", "nginx/1.25.3", "registry.example/app:2.41.0@sha256:" + long64, "go1.26.8",
	"pod checkout-7d9f8b6c5d-x2x9k restarted", "gateway answered 422 after 30000 ms", "request_id=3f2b8c1a-9d4e-4f6a-8b1c-2d3e4f5a6b7c",
	"trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7", "the token expired at 11:45", "the password was reset",
	"Secret was rotated", "key: value", "cache key user:profile:v2 missing", "from 12 to 25 % (3.7 %)", "AFD01-ZRH-2024", "127.0.0.1:8080", "[::1]:443",
	"PCI DSS 3.2.1", "ISO 8601", "0x7fff5fbff8c0", "@channel", "ssh://git@example.com/x.git", "git@github.com:acme/shop.git",
	"https://tracker.example/CHK-118?page=2&sort=desc", "https://grafana.example/d/a1b2c3/edge?from=1722339903000&to=now", "AKIA", "Bearer", "order o-91660", "std::map<int, int>",
	"Meeting at 14:30 in room 1204", "errors (at) 12:31", "5 of 1,234,567 requests", "{{ .Values.password }}", "PASSWORD=$(vault read x)", "auth=none",
}

func TestNearMisses(t *testing.T) {
	r := New(Options{Identities: true})
	for _, text := range nearMisses {
		for _, f := range r.Find([]byte(text)) {
			t.Errorf("%s: found %q in %q", f.Rule, text[f.Start:f.End], text)
		}
	}
}

// hidings are ways in which a value can be hidden; a reader of the page sees it
// all the same.
var hidings = []struct {
	name string
	hide func(string) string
}{
	{"as it stands", func(s string) string { return s }},
	{"percent", func(s string) string { return strings.NewReplacer("@", "%40", ".", "%2E", "-", "%2d").Replace(s) }},
	{"percent twice", func(s string) string { return strings.NewReplacer("@", "%2540", ".", "%252E").Replace(s) }},
	{"references", func(s string) string {
		return strings.NewReplacer("@", "&#64;", ".", "&period;", "_", "&#x5f;", ":", "&colon;").Replace(s)
	}},
	{"references twice", func(s string) string { return strings.NewReplacer("@", "&amp;#64;", ":", "&amp;#58;").Replace(s) }},
	{"Markdown", func(s string) string {
		return strings.NewReplacer("@", `\@`, ".", `\.`, "_", `\_`, "-", `\-`, ":", `\:`).Replace(s)
	}},
	{"JSON", func(s string) string { return strings.NewReplacer("@", `\u0040`, "/", `\/`).Replace(s) }},
	{"zero width", func(s string) string { return s[:len(s)/2] + "\u200b" + s[len(s)/2:] }},
	{"soft hyphen", func(s string) string { return s[:len(s)/2] + "&shy;" + s[len(s)/2:] }},
	{"tags", func(s string) string { return s[:len(s)/2] + "<b></b>" + s[len(s)/2:] }},
	{"emphasis", func(s string) string { return s[:len(s)/2] + "**" + s[len(s)/2:len(s)/2+1] + "**" + s[len(s)/2+1:] }},
	{"wide letters", func(s string) string { return strings.NewReplacer("@", "＠", ".", "．").Replace(s) }},
	{"code", func(s string) string { return "`" + s + "`" }},
	{"link", func(s string) string { return "[text](mailto:" + s + ")" }},
	{"line break", func(s string) string { return s[:len(s)/2] + "\n" + s[len(s)/2:] }},
	{"line break in a quotation", func(s string) string { return "> " + s[:len(s)/2] + "\n> " + s[len(s)/2:] }},
}

func TestHidden(t *testing.T) {
	values := []string{"dana.kim@example.com", "gh" + "p_" + mixed[:36], "xo" + "xb-2048-4096-" + mixed[:24]}
	for _, h := range hidings {
		for _, v := range values {
			r := New(Options{Identities: true})
			text := "before " + h.hide(v) + " behind"
			out := r.Text(text)
			if !strings.Contains(out, "-1]") || len(r.Find([]byte(out))) > 0 || strings.Contains(out, v[len(v)-6:]) {
				t.Errorf("%s: %q is %q", h.name, text, out)
			}
			if !strings.HasPrefix(out, "before ") && !strings.HasPrefix(out, "> ") && h.name != "line break in a quotation" || !strings.HasSuffix(out, " behind") {
				t.Errorf("%s: too much is masked: %q", h.name, out)
			}
		}
	}
}

func TestBase64(t *testing.T) {
	r := New(Options{Identities: true})
	for _, s := range []string{"dana:hunt" + "er2!", "mail dana.kim@example.com about it", "password=hunt" + "er2 and more"} {
		text := "x " + base64.StdEncoding.EncodeToString([]byte(s)) + " y"
		if out := r.Text(text); strings.Contains(out, text[2:12]) {
			t.Errorf("%q stays: %q", s, out)
		}
	}
	plain := "x " + base64.StdEncoding.EncodeToString([]byte("only words in here")) + " y"
	if out := r.Text(plain); out != plain {
		t.Errorf("%q is masked: %q", plain, out)
	}
}

// TestSameValueSameNumber, over texts and over spellings.
func TestSameValueSameNumber(t *testing.T) {
	r := New(Options{Identities: true})
	got := r.Text("dana@example.com, ilse@example.nl") + r.Text(`Dana\@example\.com; 10.1.2.3; DANA@example.com`)
	if want := "[email-1], [email-2][email-1]; [ip-1]; [email-1]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if m := r.Mapping(); len(m) != 3 || m[0].Value != "dana@example.com" || m[2].Placeholder != "[ip-1]" {
		t.Errorf("mapping %v", m)
	}
}

// TestLearn: an edition that leaves parts out has the numbers of the whole.
func TestLearn(t *testing.T) {
	r := New(Options{Identities: true})
	r.Learn("a@example.com b@example.com [email-7]")
	if got := r.Text("b@example.com"); got != "[email-9]" {
		t.Errorf("got %q", got)
	}
}

func TestSecretsOnly(t *testing.T) {
	text := "dana@example.com from 10.1.2.3 with password=hunt" + "er2"
	if got, want := New(Options{}).Text(text), "dana@example.com from 10.1.2.3 with password=[password-1]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPeople(t *testing.T) {
	r := New(Options{People: []Person{{"Dana Kim", "incident commander"}, {"ilse.bakker", "on call"}, {"Ravi", "author of the release"}, {"Kim Lee", "scribe"}, {"Will Baker", "deputy"}}})
	for _, c := range []struct{ text, want string }{
		{"Dana Kim's fix", "incident commander's fix"},
		{"@dana and @ravi, please", "incident commander and author of the release, please"},
		{"D. Kim, dana-kim, dana.kim, dana_kim; Kim, Dana", "incident commander, incident commander, incident commander, incident commander; incident commander"},
		{"Ilse B. wrote it; Bakker agreed", "on call wrote it; on call agreed"},
		{"Dana\nKim", "incident commander"},
		{"Da<b></b>na Kim", "incident commander"},
		{"Kim said so", "a responder said so"},
		{"the baker will be there; Baker said so, and Will", "the baker will be there; deputy said so, and deputy"},
		{"Ravioli, cabinet, ravine", "Ravioli, cabinet, ravine"},
		{"12:31 ilse: on it", "12:31 on call: on it"},
	} {
		if got := r.Text(c.text); got != c.want {
			t.Errorf("%q is %q, want %q", c.text, got, c.want)
		}
	}
	if f := r.Find([]byte("\nIlse Bakker")); len(f) != 1 || f[0].Rule != "person" || f[0].Line != 2 {
		t.Errorf("found %v", f)
	}
}

// TestRolesThatName: a role that names somebody does not go round in circles.
func TestRolesThatName(t *testing.T) {
	r := New(Options{People: []Person{{"Dana", "Ilse's deputy"}, {"Ilse", "Dana's boss"}, {"Responder", "a responder"}}})
	out := r.Text("Dana called Ilse. Responder came.")
	if strings.Contains(out, "Dana") || strings.Contains(out, "Ilse") {
		t.Errorf("%q", out)
	}
}

func TestOwn(t *testing.T) {
	rule, err := Own("order number", `\bo-([0-9]{5})\b`)
	if err != nil {
		t.Fatal(err)
	}
	if got := New(Options{Own: []Rule{rule}}).Text("order o-91660 and o-91660"); got != "order o-[order-number-1] and o-[order-number-1]" {
		t.Errorf("got %q", got)
	}
	for _, bad := range []string{"(", "x*", `[a-z-]+\d`} {
		if _, err := Own("x", bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

// TestSamples: in what the samples say there is nothing that opens anything, and
// nobody's address.
func TestSamples(t *testing.T) {
	var files []string
	for _, pattern := range []string{"*.md", "*.json", "*.yaml", "*.txt", "*/*.md", "*/*.json", "*.jsonl"} {
		found, err := filepath.Glob(filepath.Join("..", "..", "samples", "*", pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) < 20 {
		t.Fatalf("%d files, want the samples", len(files))
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range New(Options{Identities: true}).Find(data) {
			value := string(data[f.Start:f.End])
			if f.Rule == "ipv4" && (strings.HasPrefix(value, "192.0.2.") || strings.HasPrefix(value, "198.51.100.") || strings.HasPrefix(value, "203.0.113.")) {
				continue // clients in the log of requests
			}
			t.Errorf("%s:%d: %s: %q", name, f.Line, f.Rule, data[f.Start:f.End])
		}
	}
}

// FuzzText: what comes out has no finding, and goes through unchanged.
func FuzzText(f *testing.F) {
	seeds := 0
	for _, rule := range Rules() {
		for _, text := range append(append([]string{}, rule.Fires...), rule.Spares...) {
			f.Add(text)
			seeds++
		}
	}
	for _, h := range hidings {
		f.Add(h.hide("dana.kim@example.com"))
	}
	for _, s := range nearMisses {
		f.Add(s)
	}
	if seeds < 100 {
		f.Fatal("the table has no examples")
	}
	people := []Person{{"Dana Kim", "incident commander"}, {"ilse", "on call"}}
	f.Fuzz(func(t *testing.T, text string) {
		r := New(Options{Identities: true, People: people})
		out := r.Text(text)
		if found := r.Find([]byte(out)); len(found) > 0 {
			t.Fatalf("%q is %q, and %s is in it", text, out, found[0].Rule)
		}
		if again := r.Text(out); again != out {
			t.Fatalf("%q is %q, and then %q", text, out, again)
		}
		if len(r.matches(text)) == 0 && out != text {
			t.Fatalf("nothing is in %q, and it is %q", text, out)
		}
	})
}

// BenchmarkText goes over a review of ordinary size.
func BenchmarkText(b *testing.B) {
	data, err := os.ReadFile(filepath.Join("..", "..", "samples", "azure-2024-07-30", "review.pir.json"))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		New(Options{Identities: true}).Find(data)
	}
}
