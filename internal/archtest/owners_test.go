package archtest

import (
	"slices"
	"strings"
	"testing"
)

// owners is every module from outside with the packages that may import it.
// The list is short on purpose: one door per dependency.
var owners = []struct {
	module string
	by     string // packages that import it
	tests  bool   // any test may import it
}{
	{"github.com/yuin/goldmark", "internal/markdown", false},
	{"github.com/sergi/go-diff", "internal/textdiff", false},
	{"github.com/spf13/viper", "cmd/pir", false},
	{"github.com/spf13/cobra", "cmd/pir", false},
	{"github.com/spf13/pflag", "cmd/pir", false},
	{"github.com/schollz/progressbar/v3", "cmd/pir", false},
	{"github.com/google/renameio/v2", "cmd/pir", false},
	{"golang.org/x/term", "cmd/pir", false},
	{"github.com/mattn/go-runewidth", "cmd/pir", false},
	{"go.yaml.in/yaml/v3", "internal/yaml", false},
	{"github.com/bmatcuk/doublestar/v4", "incident cmd/pir", false},
	{"github.com/klauspost/compress", "internal/container logs/bench", false},
	{"github.com/ulikunitz/xz", "internal/container", false},
	{"github.com/pierrec/lz4/v4", "internal/container", false},
	{"golang.org/x/text", "internal/container internal/markdown internal/when", false},
	{"github.com/valyala/fastjson", "logs source", false},
	{"github.com/go-logfmt/logfmt", "logs", true},
	{"github.com/itchyny/timefmt-go", "internal/when", true},
	{"github.com/rivo/uniseg", "internal/textdiff", false},
	{"github.com/google/go-cmp", "", true},
	{"github.com/chromedp/chromedp", "internal/browser", true},
	{"github.com/chromedp/cdproto", "internal/browser", true},
	{"github.com/santhosh-tekuri/jsonschema/v6", "", true},
	{"github.com/arran4/golang-ical", "", true},
	{"github.com/rogpeppe/go-internal", "", true},
	{"golang.org/x/tools", "", true},
}

func TestModulesHaveOwners(t *testing.T) {
	for _, f := range house(t) {
		for _, imported := range f.imports() {
			first, _, _ := strings.Cut(imported, "/")
			if !strings.Contains(first, ".") {
				continue // the standard library, or ours
			}
			if why := refused(f, imported); why != "" {
				t.Errorf("%s: imports %s: %s", f.Path, imported, why)
			}
		}
	}
}

// refused says why the file may not import the package; empty is allowed.
func refused(f *file, imported string) string {
	for _, row := range owners {
		if imported != row.module && !strings.HasPrefix(imported, row.module+"/") {
			continue
		}
		by := strings.Fields(row.by)
		switch {
		case slices.Contains(by, f.Dir), f.Test && row.tests:
			return ""
		case len(by) == 0:
			return "only tests may"
		}
		return "only " + strings.Join(by, ", ") + " may"
	}
	return "no row in the table of owners"
}

// banned are packages of the standard library that let the world in. Clock,
// environment, terminal, network and disk enter through cmd/pir and are handed
// down.
var banned = []struct{ pkg, why string }{
	{"os", "disk, environment and terminal belong to cmd/pir"},
	{"os/exec", "no other program is run"},
	{"os/signal", "signals belong to cmd/pir"},
	{"net", "nothing leaves the machine"},
	{"net/http", "nothing leaves the machine"},
	{"log", "the program's voice is in cmd/pir"},
	{"log/slog", "the program's voice is in cmd/pir"},
	{"math/rand", "same inputs, same bytes"},
	{"math/rand/v2", "same inputs, same bytes"},
	{"unsafe", "not needed"},
	{"plugin", "not needed"},
}

func TestNoWorldOutsideTheCommand(t *testing.T) {
	for _, f := range code(t) {
		if f.Dir == "cmd/pir" || forTests(f.Dir) {
			continue
		}
		for _, imported := range f.imports() {
			for _, row := range banned {
				if imported == row.pkg {
					t.Errorf("%s: imports %s: %s", f.Path, imported, row.why)
				}
			}
		}
	}
}
