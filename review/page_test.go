package review

import (
	"reflect"
	"strings"
	"testing"

	"pir/timeline"
)

// TestTemplatesSeeNoRawText walks all that a template can reach from a Page. A
// plain string would be written as it is; only types that escape themselves may
// carry text.
func TestTemplatesSeeNoRawText(t *testing.T) {
	escaped := map[reflect.Type]bool{
		reflect.TypeFor[Text](): true, reflect.TypeFor[Code](): true, reflect.TypeFor[Link](): true, reflect.TypeFor[Refs](): true,
	}
	seen := map[reflect.Type]bool{}
	var walk func(path string, typ reflect.Type)
	walk = func(path string, typ reflect.Type) {
		if seen[typ] || escaped[typ] {
			return
		}
		seen[typ] = true
		switch typ.Kind() {
		case reflect.String, reflect.Map, reflect.Interface, reflect.Func:
			t.Errorf("%s is a %s: templates would write it as it is", path, typ)
			return
		case reflect.Pointer, reflect.Slice:
			walk(path, typ.Elem())
		case reflect.Struct:
			for i := range typ.NumField() {
				if f := typ.Field(i); f.IsExported() {
					walk(path+"."+f.Name, f.Type)
				}
			}
		}
		for _, methods := range []reflect.Type{typ, reflect.PointerTo(typ)} {
			for i := range methods.NumMethod() {
				m := methods.Method(i)
				for out := range m.Type.NumOut() {
					walk(path+"."+m.Name, m.Type.Out(out))
				}
			}
		}
	}
	walk("Page", reflect.TypeFor[Page]())
	if len(seen) < 15 {
		t.Errorf("only %d types were seen", len(seen))
	}
}

func TestDetectionInWords(t *testing.T) {
	for seconds, want := range map[float64]string{120: "2 min after it began", -240: "4 min before users were hurt", 0: "as it began"} {
		tl := &timeline.Timeline{Metrics: []timeline.Metric{{Name: "time_to_detect", Unit: "seconds", Value: seconds, Known: true}}}
		p := newPage(tl, Options{}, nil, "")
		if got := string(p.Detection()); got != want {
			t.Errorf("%v s: got %q, want %q", seconds, got, want)
		}
	}
}

func TestShare(t *testing.T) {
	for _, tt := range []struct {
		part, whole int64
		want        string
	}{{1, 3, "33.3 %"}, {2, 3, "66.7 %"}, {0, 5, "0.0 %"}, {5, 5, "100.0 %"}, {1, 0, ""}, {1 << 53, 1 << 54, "50.0 %"}} {
		if got := share(tt.part, tt.whole); got != tt.want {
			t.Errorf("share(%d, %d) = %q, want %q", tt.part, tt.whole, got, tt.want)
		}
	}
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000"} {
		if got := thousands(n); got != want {
			t.Errorf("thousands(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestMomentsNameOtherDays(t *testing.T) {
	c := &calendar{day: at("10:00")}
	for _, tt := range []struct{ time, end, want string }{
		{"10:15", "", "10:15"},
		{"10:15", "10:45", "10:15–10:45"},
		{"2025-03-05T00:10:00Z", "", "5 Mar, 00:10"},
		{"2026-01-05T00:10:00Z", "", "5 Jan 2026, 00:10"},
		{"23:50", "2025-03-05T00:10:00Z", "23:50 – 5 Mar, 00:10"},
	} {
		m := c.moment(at(tt.time), 3)
		if tt.end != "" {
			m.end = at(tt.end)
		}
		if got := string(m.Clock()); got != tt.want {
			t.Errorf("%s %s: got %q, want %q", tt.time, tt.end, got, tt.want)
		}
	}
}

func TestLinksAreWebAddressesOnly(t *testing.T) {
	for in, want := range map[string]string{
		"https://tracker.example/MR-71":   "<https://tracker.example/MR-71>",
		"javascript:alert(1)":             "`javascript:alert(1)`",
		"https://x.example/<script>":      "`https://x.example/<script>`",
		"https://bank.example@x.example/": "`https://bank.example@x.example/`",
		"https:///path":                   "`https:///path`",
		"https://-/x":                     "`https://-/x`",
		"https://x..example/":             "`https://x..example/`",
		"https://x.example:port/":         "`https://x.example:port/`",
		"https://jira:8443/browse/MR-71":  "<https://jira:8443/browse/MR-71>",
		"ftp://x.example/":                "`ftp://x.example/`",
		"![x](https://x.example/p.png)":   "`![x](https://x.example/p.png)`",
		"https://x.example/\"onclick=\"y": "`https://x.example/\"onclick=\"y`",
	} {
		if got := Link(in).String(); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
	if strings.Contains(Link("https://x.example/{{.}}").String(), "{{") {
		t.Error("a link opens a template")
	}
}
