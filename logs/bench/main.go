// Bench generates a day of logs of four services with an incident in it,
// measures pir and its peers on them, and checks what pir says against what
// the generator knows.
//
// Run it from the top of the repository:
//
//	go run ./logs/bench [-size 1GiB] [-only generate,run,check]
//
// The files are the same on every machine. They stay in out/bench and are used
// again. A size of 2 GiB and more is there for the bound of memory: several days
// in each file, or several names for each where the disk has no room, and no
// peers.
// The status is 1 when a check fails; a figure below its floor is printed.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// steps are what -only names, in their order.
func steps() []string { return []string{"generate", "run", "check"} }

// wishes are the flags.
type wishes struct {
	size, dir, pir, only string
	seed                 uint64
	runs, peers          int
	quiet                time.Duration
}

func main() {
	var w wishes
	flag.StringVar(&w.size, "size", "1GiB", "bytes of all plain files together, about")
	flag.StringVar(&w.dir, "dir", "out/bench", "folder for the files; a size has a folder of its own in it")
	flag.StringVar(&w.pir, "pir", "", "program to measure (default: build ./cmd/pir)")
	flag.StringVar(&w.only, "only", strings.Join(steps(), ","), "steps to do")
	flag.Uint64Var(&w.seed, "seed", 1, "seed of the generator")
	flag.IntVar(&w.runs, "n", 3, "runs of pir and of small tools; the fastest counts")
	flag.IntVar(&w.peers, "peer-n", 3, "runs of lnav (LNAV names another than that of the system); the fastest counts")
	flag.DurationVar(&w.quiet, "wait", 20*time.Second, "wait so long for other processes to rest, before each run")
	flag.Parse()
	right, err := w.do()
	if err != nil {
		fmt.Fprintf(os.Stderr, "bench: %v\n", err)
	}
	if err != nil || !right {
		os.Exit(1)
	}
}

func say(format string, args ...any) { fmt.Printf(format, args...) }

// do does the steps and reports whether all checks hold.
func (w wishes) do() (bool, error) {
	size, err := readSize(w.size)
	if err != nil {
		return false, err
	}
	only := strings.Split(w.only, ",")
	for _, step := range only {
		if !slices.Contains(steps(), step) {
			return false, fmt.Errorf("-only %s: no step %q, there are %s", w.only, step, strings.Join(steps(), ", "))
		}
	}
	if w.runs < 1 || w.peers < 1 {
		return false, fmt.Errorf("-n %d, -peer-n %d: want at least one run", w.runs, w.peers)
	}
	p := plan{dir: filepath.Join(w.dir, fmt.Sprintf("%s-%d", sizeText(size), w.seed)), size: size, seed: w.seed}
	if slices.Equal(only, []string{"generate"}) {
		_, err := generate(p, say)
		return true, err
	}
	if err := w.generateApart(); err != nil {
		return false, err
	}
	return w.measureAndCheck(p, only)
}

// generateApart generates in a process of its own: what this one has used of
// memory is counted as that of the programs it starts.
func (w wishes) generateApart() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(self, "-only", "generate", "-size", w.size, "-dir", w.dir, "-seed", fmt.Sprint(w.seed))
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}

func (w wishes) measureAndCheck(p plan, only []string) (bool, error) {
	t, err := readTruth(p.dir)
	if err != nil {
		return false, err
	}
	b := &bench{plan: p, truth: t, pir: w.pir, runs: w.runs, peers: w.peers, quiet: w.quiet, say: say}
	if b.pir == "" {
		b.pir = filepath.Join(w.dir, "pir")
		if out, err := exec.Command("go", "build", "-trimpath", "-o", b.pir, "./cmd/pir").CombinedOutput(); err != nil {
			return false, fmt.Errorf("go build ./cmd/pir: %w: %s (run it from the top of the repository, or give -pir)", err, out)
		}
	}
	say("%s: %d bytes, %d lines, %d day(s), %d name(s) for each file\n", p.dir, t.Bytes, t.lines(), t.Days, t.Copies)
	if slices.Contains(only, "run") {
		if err := b.run(); err != nil {
			return false, err
		}
	}
	if slices.Contains(only, "check") {
		return b.checkAll(), nil
	}
	return true, nil
}

// run measures, with a home of its own for lnav.
func (b *bench) run() error {
	install(b.say)
	home, err := os.MkdirTemp("", "bench-home-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(home)
	b.lnav = findLnav(home)
	if b.lnav.version != "" {
		b.say("peer: %s\n", b.lnav.version)
	}
	b.measureAll()
	b.report()
	b.judgeAll()
	return nil
}
