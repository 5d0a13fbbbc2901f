// Package browser drives pages in Chromium, for tests: nothing of the program
// imports it. A test that finds no Chromium says so and ends; on a build machine,
// where CI is true, it fails.
package browser

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// onBuildMachine reports whether what is missing is an error.
func onBuildMachine() bool { return os.Getenv("CI") == "true" }

// Start starts Chromium, away from the network. It is false where there is none.
// The browser ends with the test, and after two minutes.
func Start(t *testing.T) (context.Context, bool) {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if onBuildMachine() {
			t.Fatal("there is no Chromium, and on a build machine the page must be driven")
		}
		t.Log("there is no Chromium: the page is not driven")
		return nil, false
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.NoFirstRun, chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-quic", true), chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	return ctx, true
}

// Watch makes it an error of the test when the page asks for anything but what
// begins with one of the addresses, when a script throws, and when the console or
// the log of the browser says something. Run what it gives before the page is
// opened.
func Watch(ctx context.Context, t *testing.T, addresses ...string) chromedp.Action {
	t.Helper()
	addresses = append(addresses, "data:")
	chromedp.ListenTarget(ctx, func(event any) {
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			for _, a := range addresses {
				if strings.HasPrefix(e.Request.URL, a) {
					return
				}
			}
			t.Errorf("the page asks for %s", e.Request.URL)
		case *runtime.EventExceptionThrown:
			t.Errorf("exception: %s", e.ExceptionDetails.Error())
		case *runtime.EventConsoleAPICalled:
			t.Errorf("the console says %s", e.Type)
		case *log.EventEntryAdded:
			t.Errorf("the log says %s", e.Entry.Text)
		}
	})
	return chromedp.Tasks{network.Enable(), log.Enable(), runtime.Enable()}
}

// The accessibility checker, as npm has it. It is fetched once into out/, and
// taken only as it was when it was chosen.
const (
	axeVersion = "4.10.3"
	axeSHA256  = "880970c081707360e64f34cea25ff91892f5bc95675b0776925b9709dd8a68bb"
)

// Axe checks the page that is open and is an error of the test for each serious
// or critical finding. Where the checker cannot be fetched it says so; on a build
// machine it fails.
func Axe(ctx context.Context, t *testing.T) {
	t.Helper()
	script, err := axe()
	if err != nil {
		if onBuildMachine() {
			t.Fatalf("axe-core: %v", err)
		}
		t.Logf("the page is not checked with axe-core: %v", err)
		return
	}
	var found []struct {
		ID, Impact, Help string
		Nodes            []struct{ HTML string }
	}
	var text string
	err = chromedp.Run(ctx,
		chromedp.Evaluate(script+";0", nil),
		chromedp.Evaluate(`axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations))`, &text,
			func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	if err != nil {
		t.Fatalf("axe-core: %v", err)
	}
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		t.Fatalf("axe-core: %v", err)
	}
	for _, f := range found {
		say := t.Logf
		if f.Impact == "serious" || f.Impact == "critical" {
			say = t.Errorf
		}
		say("axe-core: %s %s: %s: %.300v", f.Impact, f.ID, f.Help, f.Nodes)
	}
}

// axe gives the script of the checker.
func axe() (string, error) {
	root, err := filepath.Abs(".")
	for err == nil && root != "/" {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		root = filepath.Dir(root)
	}
	folder := filepath.Join(root, "out", "axe")
	name := filepath.Join(folder, "axe-"+axeVersion+".min.js")
	data, err := os.ReadFile(name)
	fresh := err != nil
	if fresh {
		if data, err = fetchAxe(folder); err != nil {
			return "", err
		}
	}
	sum := sha256.Sum256(data)
	if got := hex.EncodeToString(sum[:]); got != axeSHA256 {
		return "", fmt.Errorf("%s has the checksum %s, want %s", name, got, axeSHA256)
	}
	if fresh {
		return string(data), keep(name, data)
	}
	return string(data), nil
}

// keep writes a file whole: tests of several packages may do so at once.
func keep(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), "axe-")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close(), os.Rename(f.Name(), name))
}

// fetchAxe asks npm for the package, and unpacks the one file.
func fetchAxe(folder string) ([]byte, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp(folder, "npm-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	pack := exec.Command("npm", "pack", "--silent", "axe-core@"+axeVersion)
	pack.Dir = folder
	if out, err := pack.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("npm pack: %w: %s", err, out)
	}
	return exec.Command("tar", "-xzOf", filepath.Join(folder, "axe-core-"+axeVersion+".tgz"), "package/axe.min.js").Output()
}
