package main

import (
	"path/filepath"
	"strings"
	"time"
)

// The commands of the table, as the floors name them.
const (
	runScan     = "pir: full scan"
	runHour     = "pir: one hour"
	runLines    = "pir: --lines"
	runGzip     = "pir: gzip"
	runHistory  = "lnav: histogram"
	runPeerHour = "lnav: one hour"
	runMerge    = "lnav: merge"
	runCount    = "wc -l"
	runSearch   = "rg -c"
	runZcat     = "zcat"
	runXargs    = "xargs -P2 zcat"
)

// hourFrom and hourTo bound the hour that is asked for: that of the incident.
const hourFrom, hourTo = 14, 15

// bench is one run of this program.
type bench struct {
	plan    plan
	truth   *truth
	pir     string // path of the program
	lnav    *lnav
	runs    int // of pir and of the small tools
	peers   int // of lnav
	quiet   time.Duration
	say     func(format string, args ...any)
	results map[string]*result
}

// timeline gives the arguments of pir timeline on a part of the set.
func (b *bench) timeline(dir string, more ...string) []string {
	return append([]string{b.pir, "timeline", dir, "--quiet", "--no-progress"}, more...)
}

// files gives the files of a part of the set.
func (b *bench) files(dir, ending string) []string {
	var list []string
	for _, f := range b.truth.Files {
		for n := 1; n <= b.truth.Copies; n++ {
			list = append(list, filepath.Join(dir, copyName(f.Path, n)+ending))
		}
	}
	return list
}

// hour is the window that is asked for.
func hour() (from, to time.Time) {
	return instant(clock(hourFrom, 0, 0)), instant(clock(hourTo, 0, 0))
}

func hourFlags() []string {
	from, to := hour()
	return []string{"--from", from.Format(time.RFC3339), "--to", to.Format(time.RFC3339)}
}

// commands is the table of what is measured, in the order of the report. An
// empty args has a reason in missing.
func (b *bench) commands() []command {
	plain := b.files(b.plan.plain(), "")
	of := func(name string, runs int, args ...string) command {
		return command{name: name, args: args, reads: plain, bytes: b.truth.Bytes, runs: runs}
	}
	list := []command{
		of(runScan, b.runs, b.timeline(b.plan.plain(), "--format", "json")...),
		of(runHour, b.runs, b.timeline(b.plan.plain(), append(hourFlags(), "--format", "json")...)...),
		of(runCount, b.runs, append([]string{"wc", "-l"}, plain...)...),
	}
	list[0].keep, list[1].keep, list[2].keep = true, true, true
	if b.truth.large() {
		return list
	}
	list = append(list, of(runLines, b.runs, b.timeline(b.plan.plain(), "--lines")...))
	// Output that is counted goes into a pipe: some tools stop at the first
	// hit when nobody reads what they write.
	search := of(runSearch, b.runs, append([]string{"rg", "-c", alternatives}, plain...)...)
	search.keep = true
	return append(append(list, search), append(b.lnavCommands(plain), b.gzipCommands()...)...)
}

func (b *bench) lnavCommands(plain []string) []command {
	from, to := hour()
	window := []string{
		"-c", ":hide-lines-before " + from.Format(time.DateTime),
		"-c", ":hide-lines-after " + to.Format(time.DateTime),
	}
	if b.lnav.windows() {
		window = []string{"-S", from.Format(time.DateTime), "-U", to.Format(time.DateTime)}
	}
	var list []command
	for _, row := range []struct {
		name string
		keep bool
		args []string
	}{
		{runHistory, true, []string{"-c", histogram}},
		{runPeerHour, false, window},
		{runMerge, false, nil},
	} {
		args := append(append([]string{b.lnav.path, "-n"}, row.args...), plain...)
		list = append(list, command{
			name: row.name, args: args, env: b.lnav.env(), reads: plain, bytes: b.truth.Bytes, runs: b.peers, keep: row.keep,
		})
	}
	return list
}

func (b *bench) gzipCommands() []command {
	zipped := b.files(b.plan.zipped(), ".gz")
	list := []command{
		{name: runGzip, args: b.timeline(b.plan.zipped(), "--format", "json"), keep: true},
		{name: runZcat, args: append([]string{"zcat"}, zipped...)},
		{name: runXargs, args: []string{"xargs", "-n1", "-P2", "zcat"}, in: strings.Join(zipped, "\n")},
	}
	for i := range list {
		list[i].reads, list[i].bytes, list[i].runs = zipped, b.truth.Bytes, b.runs
	}
	return list
}

// windows reports whether this lnav can read a window only: 0.14 and later.
func (l *lnav) windows() bool {
	fields := strings.Fields(l.version)
	if len(fields) == 0 {
		return false
	}
	parts := strings.Split(fields[len(fields)-1], ".")
	return len(parts) > 1 && (parts[0] != "0" || len(parts[1]) > 1 && parts[1] >= "14")
}

// measureAll runs every command of the table.
func (b *bench) measureAll() {
	b.results = map[string]*result{}
	for _, c := range b.commands() {
		b.say("run %s\n", c.name)
		switch {
		case strings.HasPrefix(c.name, "lnav") && b.lnav.missing != "":
			b.results[c.name] = &result{command: c, missing: b.lnav.missing}
		case find(c.args[0]) == "":
			b.results[c.name] = &result{command: c, missing: c.args[0] + " is not here"}
		default:
			b.results[c.name] = measure(c, b.quiet)
		}
	}
}
