package site

import (
	"encoding/json"
	"html"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// program is a real site: its settings, how it is built, and where to.
type program struct {
	target, needs, built string
	files                map[string]string
	command              []string
	node                 bool
}

const layoutOfHugo = `<!doctype html><html><head><title>{{ .Title }}</title><meta name="description" content="{{ .Description }}"></head><body><h1>{{ .Title }}</h1><time>{{ .Date.Format "2006-01-02" }}</time>{{ .Content }}</body></html>`

var programs = []program{
	{
		target: "hugo", needs: "hugo", built: "public", command: []string{"hugo"},
		files: map[string]string{"hugo.toml": "baseURL='https://e.org/docs/'\ntitle='Docs'\n", "layouts/_default/single.html": layoutOfHugo, "layouts/_default/list.html": layoutOfHugo},
	},
	{
		target: "mkdocs", needs: "mkdocs", built: "site", command: []string{"mkdocs", "build", "--strict", "-q"},
		files: map[string]string{"docs/index.md": "# Docs\n", "mkdocs.yml": "site_name: Docs\nsite_url: https://e.org/docs/\ntheme: {name: material, font: false}\nmarkdown_extensions: [admonition, md_in_html, tables, pymdownx.superfences, pymdownx.tasklist]\n"},
	},
	{
		target: "jekyll", needs: "jekyll", built: "_site", command: []string{"jekyll", "build", "--quiet", "--disable-disk-cache"},
		files: map[string]string{
			"_config.yml":        "title: Docs\nbaseurl: /docs\nurl: https://e.org\nmarkdown: kramdown\nkramdown: {input: GFM}\n",
			"_layouts/page.html": "<!doctype html><html><head><title>{{ page.title | escape }}</title></head><body><h1>{{ page.title | escape }}</h1><time>{{ page.date | date: '%Y-%m-%d' }}</time>{{ content }}</body></html>",
		},
	},
	{
		target: "docusaurus", needs: "node", built: "build", node: true,
		command: []string{"node", "node_modules/@docusaurus/core/bin/docusaurus.mjs", "build"},
		files: map[string]string{
			"package.json": "{\"name\":\"x\",\"private\":true}\n", "docs/index.md": "# Docs\n", "src/pages/index.md": "# Home\n",
			"docusaurus.config.js": "module.exports = {title: 'Docs', url: 'https://e.org', baseUrl: '/', onBrokenLinks: 'throw', onBrokenAnchors: 'throw', future: {v4: true, faster: true}, presets: [['classic', {blog: false, theme: {}}]]};\n",
		},
	},
}

// packages is where .ci/install puts the packages of npm.
const packages = "../out/npm/node_modules"

// TestBuilds publishes the corpus to real sites, builds them, and walks what
// comes out: links and places, titles, nothing that a writer or a log put there.
func TestBuilds(t *testing.T) {
	inputs := corpus(t)
	for _, p := range programs {
		t.Run(p.target, func(t *testing.T) {
			_, err := exec.LookPath(p.needs)
			if err == nil && p.node {
				_, err = os.Stat(packages + "/.package-lock.json")
			}
			if err != nil {
				if os.Getenv("CI") == "true" {
					t.Fatalf("%v: .ci/install installs it", err)
				}
				t.Logf("not tried: %v; .ci/install installs it", err)
				return
			}
			s := build(t, p.target, inputs, Options{BaseURL: "https://e.org/docs"})
			walk(t, p, s, p.run(t, s))
		})
	}
}

// run builds the site and gives the folder that it is in.
func (p program) run(t *testing.T, s *Site) string {
	t.Helper()
	dir := t.TempDir()
	put := func(name string, data []byte) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range p.files {
		put(name, []byte(text))
	}
	for _, f := range s.Files {
		put(f.Path, f.Data)
	}
	if p.node {
		npm, err := filepath.Abs(packages)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(npm, filepath.Join(dir, "node_modules")); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(p.command[0], p.command[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "NO_UPDATE_NOTIFIER=1", "CI=true", "LANG=C.UTF-8", "DOCUSAURUS_NO_PERSISTENT_CACHE=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%.6000s", err, out)
	}
	return filepath.Join(dir, p.built)
}

var (
	idAttribute = regexp.MustCompile(`\s(?:id|name)=("[^"]*"|'[^']*'|[^\s>"']+)`)
	leadsTo     = regexp.MustCompile(`<(?:a|img)\b(?:[^>"']|"[^"]*"|'[^']*')*?\s(?:href|src)=("[^"]*"|'[^']*'|[^\s>"']+)`)
	titleOf     = regexp.MustCompile(`(?s)<title[^>]*>(.*?)</title>`)
	values      = regexp.MustCompile(`"[^"]*"|'[^']*'`)
	ran         = regexp.MustCompile(`(?i)<[a-z][^<>]*\son(?:click|error|load)\s*=|<script>(?:document\.title|alert)|<service|<b>x</b`)
	raw         = regexp.MustCompile(`pir:(?:begin|end|internal)|pir-page`)
)

func unquoted(attribute string) string { return html.UnescapeString(strings.Trim(attribute, `"'`)) }

// walk looks at all pages of reviews.
func walk(t *testing.T, p program, s *Site, built string) {
	t.Helper()
	pages, places := map[string]string{}, map[string]map[string]bool{}
	err := filepath.WalkDir(built, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(built, name)
		rel = "/" + filepath.ToSlash(rel)
		places[rel] = map[string]bool{}
		if path.Ext(rel) == ".html" {
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			pages[rel] = string(data)
			for _, m := range idAttribute.FindAllStringSubmatch(string(data), -1) {
				places[rel][unquoted(m[1])] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Reviews []Entry }
	readIndex(t, s, &list)
	for _, e := range list.Reviews {
		page, there := pages["/"+e.Path+"index.html"]
		if !there {
			t.Errorf("%s: no page at %s", e.ID, e.Path)
			continue
		}
		title := titleOf.FindStringSubmatch(page)
		if want := strings.Join(strings.Fields(e.Title), ""); title == nil || !strings.HasPrefix(strings.Join(strings.Fields(strings.ReplaceAll(html.UnescapeString(title[1]), "\u2060", "")), ""), want) {
			t.Errorf("%s: title %q, want %q", e.Path, title, e.Title)
		}
		if (p.target == "hugo" || p.target == "jekyll") && !strings.Contains(page, "<time>"+e.Date+"</time>") {
			t.Errorf("%s: the date is not %s", e.Path, e.Date)
		}
	}
	seen := 0
	for name, page := range pages {
		if !strings.Contains(name, "/incidents/") {
			continue
		}
		if m := ran.FindString(values.ReplaceAllString(page, "\"\"")); m != "" {
			t.Errorf("%s: something of the inputs runs: %s", name, m)
		}
		if m := raw.FindString(page); m != "" {
			t.Errorf("%s: a raw marker: %s", name, m)
		}
		for _, m := range leadsTo.FindAllStringSubmatch(page, -1) {
			seen++
			if why := resolves(places, name, unquoted(m[1]), p); why != "" {
				t.Errorf("%s: %s", name, why)
			}
		}
	}
	if seen < 40 {
		t.Errorf("only %d links were seen", seen)
	}
}

// resolves says what is wrong with a link; empty is nothing.
func resolves(places map[string]map[string]bool, from, link string, p program) string {
	u, err := url.Parse(link)
	if err != nil {
		return "link " + link + ": " + err.Error()
	}
	if u.Scheme == "data" || u.Scheme == "mailto" {
		return ""
	}
	to := (&url.URL{Scheme: "https", Host: "e.org", Path: strings.TrimSuffix(from, "index.html")}).ResolveReference(u)
	if to.Host != "e.org" || u.IsAbs() && !strings.HasPrefix(link, "https://e.org/docs/") {
		return "" // somewhere else
	}
	file := to.Path
	if u.IsAbs() || p.target != "docusaurus" && strings.HasPrefix(file, "/docs/") {
		file = "/" + strings.TrimPrefix(file, "/docs/")
	}
	if strings.HasSuffix(file, "/") {
		file += "index.html"
	}
	ids, there := places[file]
	if !there && path.Ext(file) == "" {
		ids, there = places[file+"/index.html"]
	}
	switch {
	case !there:
		return "link " + link + " leads nowhere"
	case u.Fragment != "" && !ids[u.Fragment]:
		return "link " + link + ": no such place"
	}
	return ""
}

func readIndex(t *testing.T, s *Site, to any) {
	t.Helper()
	for _, f := range s.Files {
		if strings.HasSuffix(f.Path, "reviews.json") {
			if err := json.Unmarshal(f.Data, to); err != nil {
				t.Fatal(err)
			}
		}
	}
}
