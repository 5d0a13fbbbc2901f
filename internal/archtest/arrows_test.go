package archtest

import (
	"slices"
	"strings"
	"testing"
)

// arrows is the map of the house: one row per package, with the packages of
// ours that it may import. Data flows one way, from the sources to the site.
var arrows = []struct {
	pkg  string
	uses string
}{
	{"timeline", "internal/when"},
	{"source", "timeline internal/container internal/when internal/markdown internal/yaml"},
	{"logs", "timeline internal/container internal/when logs/edge logs/pattern"},
	{"logs/edge", ""},
	{"logs/pattern", ""},
	{"incident", "source logs timeline internal/container internal/yaml internal/when"},
	{"templates", ""},
	{"review", "timeline templates review/window review/document review/diff review/merge internal/when internal/markdown internal/textdiff internal/yaml internal/chart internal/redact"},
	{"review/window", "timeline internal/when"},
	{"review/document", "timeline internal/when internal/markdown internal/yaml"},
	{"review/diff", "review/document timeline templates internal/textdiff internal/markdown internal/when"},
	{"review/merge", "internal/textdiff"},
	{"review/check", "review/document review/window timeline internal/when internal/markdown"},
	{"review/edition", "review/document review/window timeline internal/redact internal/markdown internal/when"},
	{"site", "review/document review/diff review/edition timeline internal/markdown internal/yaml internal/chart"},
	{"cmd/pir", "*"},

	{"internal/chart", "timeline"},
	{"internal/when", ""},
	{"internal/container", ""},
	{"internal/yaml", ""},
	{"internal/markdown", ""},
	{"internal/redact", ""},
	{"internal/textdiff", ""},
	{"internal/archtest", ""},
	{"internal/browser", ""},
}

// testPackages are packages that tests alone import. They may touch the machine.
var testPackages = []string{"internal/browser"}

// forTests reports whether the package is for tests alone.
func forTests(pkg string) bool { return slices.Contains(testPackages, pkg) }

// mayUse reports whether the table has an arrow between the two packages.
func mayUse(pkg, imported string) bool {
	for _, row := range arrows {
		if row.pkg == pkg {
			return row.uses == "*" || slices.Contains(strings.Fields(row.uses), imported)
		}
	}
	return false
}

// placed reports whether the package has a row.
func placed(pkg string) bool {
	for _, row := range arrows {
		if row.pkg == pkg {
			return true
		}
	}
	return false
}

func TestEveryPackageHasARow(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range house(t) {
		if seen[f.Dir] || generator(f.Dir) {
			continue
		}
		seen[f.Dir] = true
		if !placed(f.Dir) {
			t.Errorf("%s: package has no row in the table of arrows", f.Dir)
		}
	}
	for _, row := range arrows {
		if !seen[row.pkg] {
			t.Errorf("%s: the table of arrows names a package that is not there", row.pkg)
		}
	}
}

func TestArrows(t *testing.T) {
	for _, f := range house(t) {
		if generator(f.Dir) || !placed(f.Dir) {
			continue
		}
		for _, imported := range f.imports() {
			ours, found := strings.CutPrefix(imported, module+"/")
			if found && forTests(ours) {
				if !f.Test {
					t.Errorf("%s: %s is for tests alone", f.Path, ours)
				}
				continue
			}
			if !found || ours == f.Dir || f.Test && testMayUse(f.Dir, ours) {
				continue
			}
			if !mayUse(f.Dir, ours) {
				t.Errorf("%s: %s may not import %s", f.Path, f.Dir, ours)
			}
		}
	}
}

// testArrows are imports that only tests may have.
var testArrows = []struct{ pkg, uses, why string }{}

func testMayUse(pkg, imported string) bool {
	for _, row := range testArrows {
		if row.pkg == pkg && row.uses == imported {
			return true
		}
	}
	return false
}

// TestArrowsHaveNoCycle keeps the table itself honest.
func TestArrowsHaveNoCycle(t *testing.T) {
	uses := map[string][]string{}
	for _, row := range arrows {
		if row.uses != "*" {
			uses[row.pkg] = strings.Fields(row.uses)
		}
	}
	var visit func(pkg string, trail []string)
	visit = func(pkg string, trail []string) {
		if slices.Contains(trail, pkg) {
			t.Fatalf("the arrows go in a circle: %s", strings.Join(append(trail, pkg), " -> "))
		}
		for _, next := range uses[pkg] {
			visit(next, append(slices.Clone(trail), pkg))
		}
	}
	for _, row := range arrows {
		visit(row.pkg, nil)
	}
}
