package diff

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"pir/internal/browser"
)

// hostile is a review whose texts try to be more than text.
const hostile = `# <script>window.pwned=1</script> <img src=x onerror="window.pwned=1">

## What happened? </style><script>window.pwned=1</script>

It was slow for <b onclick="window.pwned=1">everybody</b> &lt;img src=https://evil.example/x.png onerror=window.pwned=1&gt; for an hour {{.}} ${x}.

| Time (UTC) | What happened |
|---|---|
| 2025-03-04 10:30 | ![x](https://evil.example/y.png) [click](javascript:window.pwned=1) |

` + "```\n</div></body><script>window.pwned=1</script>\n\x1b[31m\u202e\n```\n"

// TestPageInABrowser drives the page: both views, the keyboard, a narrow window;
// nothing is asked of the network, nothing complains, nothing comes to life.
func TestPageInABrowser(t *testing.T) {
	ctx, found := browser.Start(t)
	if !found {
		return
	}
	archive := archives(t)["testdata/prose.txtar"]
	old := hostile + member(archive, "old.md")
	new := strings.Replace(hostile, "everybody", "<i onmouseover=window.pwned=1>nobody</i>", 1) + "\n<svg onload=window.pwned=1>\n\n" + member(archive, "new.md")
	d := Compare(parse(t, "old<script>.md", old), parse(t, "new\x1b\".md", new))
	var page bytes.Buffer
	if err := d.WriteHTML(&page); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, page.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	address := "file://" + file
	var first, last, back, pwned, title, policy string
	var changes, here, oldShown, bothShown, narrowBoth, wide int
	count := func(selector string, into *int) chromedp.Action {
		return chromedp.Evaluate(`[...document.querySelectorAll("`+selector+`")].filter(e => e.offsetParent !== null).length`, into)
	}
	err := chromedp.Run(ctx,
		browser.Watch(ctx, t, address),
		chromedp.EmulateViewport(1200, 900),
		chromedp.Navigate(address),
		count(".strip.change", &changes),
		chromedp.KeyEvent("n"), chromedp.Text("#place", &first),
		count(".here", &here),
		chromedp.KeyEvent("p"), chromedp.Text("#place", &last),
		chromedp.KeyEvent("n"), chromedp.Click("#next"), chromedp.Click("#back"), chromedp.Text("#place", &back),
		chromedp.KeyEvent(kb.Tab),
		count(".changed .old", &oldShown),
		chromedp.KeyEvent("i"), count(".changed .both", &bothShown),
		count(".changed .old", &narrowBoth),
		chromedp.KeyEvent("s"),
		chromedp.EmulateViewport(390, 844),
		chromedp.Evaluate(`document.documentElement.scrollWidth`, &wide),
		emulation.SetEmulatedMedia().WithMedia("print"),
		chromedp.Evaluate(`String(window.pwned)`, &pwned),
		chromedp.Title(&title),
		chromedp.Evaluate(`document.querySelector("meta[http-equiv]").content`, &policy),
	)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what string
		ok   bool
	}{
		{"n goes to the first change", strings.HasPrefix(first, "1 of ") && here == 1},
		{"p goes round to the last", strings.HasPrefix(last, strings.TrimPrefix(first, "1 of ")+" of ")},
		{"the buttons go on and back", back == first},
		{"every change can be reached", changes > 5 && strings.HasSuffix(first, " of "+strings.TrimPrefix(first, "1 of "))},
		{"both sides are shown", oldShown > 0},
		{"i shows one column", bothShown == oldShown && narrowBoth == 0},
		{"390 pixels are enough", wide <= 390},
		{"nothing came to life", pwned == "undefined"},
		{"the names are text", title == `old<script>.md → new\x1b".md`},
		{"the policy names hashes alone", strings.Contains(policy, "default-src 'none'") && !strings.Contains(policy, "unsafe")},
	} {
		if !c.ok {
			t.Errorf("not so: %s", c.what)
		}
	}
	if strings.Contains(page.String(), "<script>window") || strings.Contains(page.String(), " onerror=\"") || bytes.ContainsAny(page.Bytes(), "\x1b\u202e") {
		t.Error("the page holds markup of its texts")
	}
}
