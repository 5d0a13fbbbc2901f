package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// publishKills is how often publishing is killed on a build machine.
const publishKills = 120

// publishFolder is a folder of reviews, in one of two states.
func publishFolder(t *testing.T, word string) string {
	t.Helper()
	dir := t.TempDir()
	for i := range 40 {
		page := fmt.Sprintf("---\npir: 1\nid: K-%d\ntitle: It broke, %s\ndate: 2025-03-03\nstatus: approved\n---\n\n# It broke\n\n%s\n", i, word, strings.Repeat(word+" words. ", 200))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("r%d.md", i)), []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// siteFiles are the files of a folder, without what pir keeps there.
func siteFiles(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && e.Name() == stagingName:
			return filepath.SkipDir
		case e.IsDir() || e.Name() == manifestName || strings.HasPrefix(e.Name(), "."+manifestName):
			return nil
		}
		rel, _ := filepath.Rel(dir, name)
		files[rel] = read(t, name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestPublishKilled publishKills the program at random moments on its way from one
// state of the reviews to the other. Every page is whole, old or new; nothing is
// taken for an edit; the run after completes it.
func TestPublishKilled(t *testing.T) {
	states := []string{publishFolder(t, "first"), publishFolder(t, "later")}
	var want []map[string]string
	publish := func(from, out string) *exec.Cmd {
		cmd := exec.Command("pir", "publish", from, "--to", "gfm", "--out", out, "--base-url", "https://e.org/")
		cmd.Env = append(os.Environ(), "HOME="+t.TempDir())
		return cmd
	}
	var took time.Duration
	for _, from := range states {
		out := t.TempDir()
		begun := time.Now()
		if msg, err := publish(from, out).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, msg)
		}
		took = time.Since(begun)
		want = append(want, siteFiles(t, out))
	}
	rounds := 20
	if os.Getenv("CI") == "true" {
		rounds = publishKills
	}
	r := rand.New(rand.NewPCG(7, 11))
	out, torn := t.TempDir(), 0
	for i := range rounds {
		cmd := publish(states[i%2], out)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(r.Int64N(int64(took) * 5 / 4)))
		_ = cmd.Process.Kill() // it may be done already
		_ = cmd.Wait()
		olds, news := 0, 0
		for name, text := range siteFiles(t, out) {
			switch text {
			case want[i%2][name]:
				news++
			case want[1-i%2][name]:
				olds++
			default:
				t.Fatalf("kill %d: %s is neither old nor new (%d bytes)", i, name, len(text))
			}
		}
		if olds > 0 && news > 0 {
			torn++
		}
		var m manifest
		if data, err := os.ReadFile(filepath.Join(out, manifestName)); err == nil && json.Unmarshal(data, &m) != nil {
			t.Fatalf("kill %d: the manifest is torn", i)
		}
	}
	t.Logf("%d kills, %d of them with old and new pages side by side", rounds, torn)
	if torn == 0 && rounds == publishKills {
		t.Error("no kill came while pages were written")
	}
	var messages bytes.Buffer
	last := publish(states[0], out)
	last.Stderr = &messages
	if err := last.Run(); err != nil {
		t.Fatalf("the run after: %v: %s", err, messages.String())
	}
	got := siteFiles(t, out)
	if len(got) != len(want[0]) {
		t.Errorf("%d files, want %d", len(got), len(want[0]))
	}
	for name, text := range want[0] {
		if got[name] != text {
			t.Errorf("%s is not what it should be", name)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(out, ".*")); len(left) != 1 {
		t.Errorf("left behind: %q", left)
	}
}
