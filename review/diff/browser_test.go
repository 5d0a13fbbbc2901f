package diff

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// hostile is a review whose texts try to be more than text.
const hostile = `# <script>window.pwned=1</script> <img src=x onerror="window.pwned=1">

## What happened? </style><script>window.pwned=1</script>

It was slow for <b onclick="window.pwned=1">everybody</b> &lt;img src=https://evil.example/x.png onerror=window.pwned=1&gt; for an hour {{.}} ${x}.

| Time (UTC) | What happened |
|---|---|
| 2025-03-04 10:30 | ![x](https://evil.example/y.png) [click](javascript:window.pwned=1) |

` + "```\n</div></body><script>window.pwned=1</script>\n\x1b[31m\u202e\n```\n"

// browser starts Chromium, or ends the test where there is none: on a build
// machine that is an error.
func browser(t *testing.T) (context.Context, bool) {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("there is no Chromium, and on a build machine the page must be driven")
		}
		t.Log("there is no Chromium: the page is not driven")
		return nil, false
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	return ctx, true
}

// TestPageInABrowser drives the page: both views, the keyboard, a narrow window;
// nothing is asked of the network, nothing complains, nothing comes to life.
func TestPageInABrowser(t *testing.T) {
	ctx, found := browser(t)
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
	chromedp.ListenTarget(ctx, func(event any) {
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if e.Request.URL != address && !strings.HasPrefix(e.Request.URL, "data:") {
				t.Errorf("the page asks for %s", e.Request.URL)
			}
		case *runtime.EventExceptionThrown:
			t.Errorf("exception: %s", e.ExceptionDetails.Error())
		case *runtime.EventConsoleAPICalled:
			t.Errorf("the console says %s", e.Type)
		case *log.EventEntryAdded:
			t.Errorf("the log says %s", e.Entry.Text)
		}
	})
	var first, last, back, pwned, title, policy string
	var changes, here, oldShown, bothShown, narrowBoth, wide int
	count := func(selector string, into *int) chromedp.Action {
		return chromedp.Evaluate(`[...document.querySelectorAll("`+selector+`")].filter(e => e.offsetParent !== null).length`, into)
	}
	err := chromedp.Run(ctx,
		network.Enable(), log.Enable(), runtime.Enable(),
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
