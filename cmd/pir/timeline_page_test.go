package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"pir/internal/browser"
)

// evil are words that try to be more than words.
const evil = "</td></script><script>window.pwned=1</script><img src=https://evil.example/x.png onerror=window.pwned=1> {{.}} ${x} ]]> \x1b[31m\u202e"

// evilFolder is an incident whose every text is hostile.
func evilFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	files := map[string]string{
		"pir.yaml": "incident:\n  id: \"<b onclick=pwned=1>\"\n  title: '</title></svg><script>window.pwned=1</script>'\n  components: ['<svg onload=window.pwned=1>']\nsources:\n  - {name: '<i>notes</i>', path: notes.md}\n",
		"notes.md": "# Notes 2025-09-12 (all times in UTC)\n\n- 10:00 impact started: " + evil + "\n- 10:04 detected by a monitor " + evil + "\n- 10:30 fully mitigated " + evil + "\n- 11:00 resolved\n",
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// pageOf writes the timeline page of an input to a file, and gives its address.
func pageOf(t *testing.T, input string) (address string, page []byte) {
	t.Helper()
	page = timelineAs(t, "html", input)
	file := filepath.Join(t.TempDir(), "timeline.html")
	if err := os.WriteFile(file, page, 0o600); err != nil {
		t.Fatal(err)
	}
	return "file://" + file, page
}

// visibleRows counts the rows that are shown.
const visibleRows = `[...document.querySelectorAll(".rows tr[data-kind]")].filter(e => e.offsetParent !== null).length`

// TestTimelinePageInABrowser drives the page of a sample: hover, zoom, filter and
// keyboard; nothing is asked of the network, nothing complains, axe-core finds
// nothing serious, in light and in dark.
func TestTimelinePageInABrowser(t *testing.T) {
	ctx, found := browser.Start(t)
	if !found {
		return
	}
	address, _ := pageOf(t, filepath.Join("..", "..", "samples", "azure-2024-07-30"))
	var all, wide int
	got := map[string]*string{}
	text := func(name, script string) chromedp.Action {
		got[name] = new(string)
		return chromedp.Evaluate(`String(`+script+`)`, got[name])
	}
	tally := func(name string) chromedp.Action { return text(name, `document.getElementById("count").textContent`) }
	detail := func(name string) chromedp.Action {
		return text(name, `document.getElementById("detail").hidden ? "" : document.getElementById("detail").textContent`)
	}
	hover := func(selector string) chromedp.Action {
		return chromedp.Evaluate(`document.querySelector("`+selector+`").dispatchEvent(new MouseEvent("mousemove", {bubbles: true, clientX: 400, clientY: 300}))`, nil)
	}
	err := chromedp.Run(ctx,
		browser.Watch(ctx, t, address),
		chromedp.EmulateViewport(1200, 900), chromedp.Navigate(address),
		chromedp.Evaluate(visibleRows, &all), tally("all"),
		hover("#v0 .broad .mark path"), detail("hover"),
		text("pointer", `document.getElementById("pointer").textContent`),
		text("rule", `document.querySelectorAll("#v0 .broad .rule").length`),
		chromedp.KeyEvent("n"), detail("n"), chromedp.KeyEvent("n"), detail("nn"), chromedp.KeyEvent("p"), detail("np"),
		chromedp.KeyEvent(kb.ArrowDown), detail("down"),
		text("focus", `document.activeElement.className + document.querySelectorAll("#v0 .broad .cursor").length`),
		chromedp.KeyEvent("3"), chromedp.Sleep(100_000_000), tally("zoomed"),
		text("shown", `[...document.querySelectorAll(".view")].filter(e => e.offsetParent !== null).map(e => e.dataset.name)`),
		chromedp.KeyEvent("0"), chromedp.Sleep(100_000_000), tally("unzoomed"),
		chromedp.Evaluate(`document.querySelector('#v0 .broad [data-phase-name="recovery"] rect').dispatchEvent(new MouseEvent("click", {bubbles: true}))`, nil),
		chromedp.Sleep(100_000_000), text("clicked", `location.hash`),
		chromedp.KeyEvent(kb.Escape), chromedp.Sleep(100_000_000), tally("left"),
		chromedp.KeyEvent("n"), chromedp.KeyEvent("/"), text("typing", `document.activeElement.id`), // the key itself is typed too: events from here are not held back
		chromedp.Evaluate(`document.getElementById("words").value = ""`, nil), chromedp.KeyEvent("status Page 503"), text("typed", `document.getElementById("words").value`), tally("nothing"), detail("hidden"),
		chromedp.KeyEvent(kb.Escape), chromedp.Sleep(100_000_000),
		chromedp.SetValue("#kind", "alert"), chromedp.Evaluate(`document.getElementById("kind").dispatchEvent(new Event("input"))`, nil), tally("alerts"),
		chromedp.Click("button[type=reset]"), chromedp.Sleep(100_000_000), tally("reset"),
		chromedp.Click("#keys", chromedp.NodeReady, chromedp.ByQuery),
	)
	if err == nil {
		browser.Axe(ctx, t)
		err = chromedp.Run(ctx, emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}))
	}
	if err == nil {
		browser.Axe(ctx, t)
		err = chromedp.Run(ctx, chromedp.EmulateViewport(390, 844), chromedp.Evaluate(`document.documentElement.scrollWidth`, &wide),
			text("slim", `getComputedStyle(document.querySelector("#v0 .slim")).display + getComputedStyle(document.querySelector("#v0 .broad")).display`))
	}
	if err != nil {
		t.Fatal(err)
	}
	is := func(name string) string { return *got[name] }
	for _, c := range []struct {
		what string
		ok   bool
	}{
		{"all rows are there", all > 80 && strings.HasPrefix(is("all"), count(all)+" of "+count(all))},
		{"a pointer on a mark tells its row and its place", strings.Contains(is("hover"), " UTC · ") && strings.Contains(is("hover"), ":")},
		{"the pointer has a time", strings.HasPrefix(is("pointer"), "2024-07-30 ") && is("rule") == "1"},
		{"n and p go on and back", is("n") != "" && is("n") != is("nn") && is("n") == is("np")},
		{"the arrow goes on", is("down") == is("nn")},
		{"the row has the focus, and the picture its place", is("focus") == "here1" || is("focus") == "faint here1"},
		{"3 zooms", strings.HasSuffix(is("zoomed"), ", diagnosis") && is("shown") == "diagnosis"},
		{"0 shows all", is("unzoomed") == is("all")},
		{"a click on a phase zooms", is("clicked") == "#v5"},
		{"Escape shows all", is("left") == is("all")},
		{"/ goes to the text", is("typing") == "words" && is("typed") == "status Page 503"},
		{"the text filters", strings.HasPrefix(is("nothing"), "0 of ")},
		{"what is told is shown", is("hidden") == ""},
		{"the kind filters", !strings.HasPrefix(is("alerts"), "0 of ") && is("alerts") != is("all")},
		{"the button shows all", is("reset") == is("all")},
		{"390 pixels are enough", wide > 0 && wide <= 390},
		{"a phone has the narrow picture", is("slim") == "blocknone"},
	} {
		if !c.ok {
			t.Errorf("not so: %s", c.what)
		}
	}
	if t.Failed() {
		for name, value := range got {
			t.Logf("%s: %q", name, *value)
		}
	}
}

// TestHostileTimelinePage: nothing of the inputs comes to life, and the policy
// would not let it.
func TestHostileTimelinePage(t *testing.T) {
	folder := evilFolder(t)
	address, page := pageOf(t, folder)
	if bytes.Contains(page, []byte("<script>window")) || bytes.Contains(page, []byte("<img")) || bytes.Contains(page, []byte("<i>notes")) || bytes.ContainsAny(page, "\x1b\u202e") {
		t.Error("the page holds markup of its texts")
	}
	for _, outside := range []string{"http://", "https://evil", "@import", "url(h", "src=", "style="} {
		for line := range strings.Lines(string(page)) {
			if strings.Contains(line, outside) && !strings.Contains(line, "xmlns=") && !strings.Contains(line, "evil.example") && !strings.Contains(line, "createElementNS") {
				t.Errorf("the page holds %s: %.200s", outside, line)
			}
		}
	}
	ctx, found := browser.Start(t)
	if !found {
		return
	}
	var pwned, title, policy string
	var rows int
	err := chromedp.Run(ctx,
		browser.Watch(ctx, t, address), chromedp.Navigate(address),
		chromedp.Evaluate(visibleRows, &rows), chromedp.KeyEvent("n"), chromedp.KeyEvent("n"), chromedp.KeyEvent("1"), chromedp.Sleep(100_000_000),
		chromedp.Evaluate(`String(window.pwned)`, &pwned), chromedp.Title(&title),
		chromedp.Evaluate(`document.querySelector("meta[http-equiv]").content`, &policy))
	if err != nil {
		t.Fatal(err)
	}
	if pwned != "undefined" || rows < 4 || !strings.HasPrefix(title, "</title></svg><script>") {
		t.Errorf("pwned %s, %d rows, title %q", pwned, rows, title)
	}
	if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") || strings.Count(policy, "'sha256-") != 2 {
		t.Errorf("policy %q", policy)
	}
	browser.Axe(ctx, t)
}

// TestTimelinePageWithoutScripts: what the page has, it has without a script: the
// rows, the picture, and a part of it by its link.
func TestTimelinePageWithoutScripts(t *testing.T) {
	address, _ := pageOf(t, filepath.Join("..", "..", "samples", "checkout-rollback"))
	ctx, found := browser.Start(t)
	if !found {
		return
	}
	var rows int
	var form bool
	var first, second string
	shown := `[...document.querySelectorAll(".view")].filter(e => e.offsetParent !== null).map(e => e.id).join()`
	err := chromedp.Run(ctx,
		browser.Watch(ctx, t, address), emulation.SetScriptExecutionDisabled(true), chromedp.Navigate(address), emulation.SetScriptExecutionDisabled(false),
		chromedp.Evaluate(visibleRows, &rows), chromedp.Evaluate(`document.getElementById("filter").offsetParent === null`, &form),
		chromedp.Evaluate(shown, &first), chromedp.Evaluate(`location.hash = "v2"`, nil), chromedp.Sleep(100_000_000), chromedp.Evaluate(shown, &second))
	if err != nil {
		t.Fatal(err)
	}
	if rows < 30 || !form || first != "v0" || second != "v2" {
		t.Errorf("%d rows, form hidden %v, first %s, by its link %s", rows, form, first, second)
	}
}

// TestSamplePictures: the pictures in samples/pictures are what pir draws.
func TestSamplePictures(t *testing.T) {
	for _, w := range worked {
		for _, p := range []struct {
			suffix string
			args   []string
		}{{"", nil}, {"-dark", []string{"--theme", "dark"}}} {
			var out bytes.Buffer
			world := quietWorld(new(strings.Builder))
			world.out = &out
			folder := filepath.Join("..", "..", "samples", w.sample)
			args := append([]string{"timeline", "--quiet", "--format", "svg", folder}, p.args...)
			if got := run(context.Background(), world, args); got != done {
				t.Fatalf("%s: status %d", w.sample, got)
			}
			name := filepath.Join("..", "..", "samples", "pictures", w.sample+p.suffix+".svg")
			if *update {
				if err := os.WriteFile(name, out.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(want, out.Bytes()) {
				t.Errorf("%s is not what pir draws, first in %q (run with -update, and look at it)", name, firstDifference(out.String(), string(want)))
			}
		}
	}
}
