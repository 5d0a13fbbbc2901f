package main

import (
	"fmt"
	"strings"
	"time"
)

// ok gives the result of a command that was run and went well.
func (b *bench) ok(name string) *result {
	if r := b.results[name]; r != nil && r.err == nil && r.missing == "" {
		return r
	}
	return nil
}

func (r *result) speed() float64 { return float64(r.command.bytes) / 1e6 / r.wall.Seconds() }

// times is how many times as long the first took as the second.
func times(a, b *result) float64 { return a.wall.Seconds() / b.wall.Seconds() }

// report prints what was measured.
func (b *bench) report() {
	b.say("\n%-16s %9s %9s %8s %8s %7s\n", "", "wall s", "CPU s", "MB", "MB/s", "others")
	for _, c := range b.commands() {
		r := b.results[c.name]
		switch {
		case r == nil:
		case r.missing != "":
			b.say("%-16s skipped: %s\n", c.name, r.missing)
		case r.err != nil:
			b.say("%-16s failed: %v\n", c.name, shorter(r.err.Error()))
		default:
			b.say("%-16s %9.3f %9.3f %8.0f %8.0f %7.2f%s\n", c.name, r.wall.Seconds(), r.cpu.Seconds(),
				float64(r.memory)/1e6, r.speed(), r.others, b.beside(r))
		}
	}
	b.say("Each row is the run with the shortest wall: of %d, for lnav of %d. The files were read once before each.\n", b.runs, b.peers)
	b.say("MB is peak resident memory; MB/s of the plain bytes of the whole set, by wall;\n")
	b.say("others is how many cores other processes used meanwhile.\n")
}

// beside compares a row of pir with its peer.
func (b *bench) beside(r *result) string {
	for _, row := range []struct{ ours, peer string }{
		{runScan, runHistory}, {runHour, runPeerHour}, {runLines, runMerge}, {runGzip, runXargs},
	} {
		if peer := b.ok(row.peer); peer != nil && r.command.name == row.ours {
			if t := times(peer, r); t >= 1 {
				return fmt.Sprintf("   %.1f times as fast as %s", t, row.peer)
			}
			return fmt.Sprintf("   %.2f times the wall of %s", times(r, peer), row.peer)
		}
	}
	return ""
}

func shorter(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 200 {
		return "… " + strings.ToValidUTF8(text[len(text)-198:], "")
	}
	return text
}

// absent names the peers that were not run, with the reason.
func (b *bench) absent() string {
	var list []string
	for _, c := range b.commands() {
		if r := b.results[c.name]; r != nil && (r.missing != "" || r.err != nil) && !strings.HasPrefix(c.name, "pir") {
			list = append(list, c.name)
		}
	}
	return "without " + strings.Join(list, ", ")
}

// floor is one figure that pir is to reach.
type floor struct {
	name string
	aim  bool   // wished for, not owed
	of   string // the run of pir that it is about
	peer string // the run that it is compared with, where there is one
	// judge says what was reached; known is false where a run is missing.
	judge func(b *bench) (said string, reached, known bool)
}

// floors is the table of what is owed.
func floors() []floor {
	return []floor{
		{"full scan at 400 MB/s", false, runScan, "", atSpeed(400)},
		{"full scan 8 times as fast as lnav's histogram", false, runScan, runHistory, faster(runHistory, runScan, 8)},
		{"full scan at 700 MB/s or in 8 times the wall of wc -l", true, runScan, runCount, scanAim},
		{"one hour and its baseline hour: 1.3 times their bytes' share, and 30 ms", false, runHour, runScan, hourWithin(hourFrom - 1)},
		{"one hour: 1.3 times the share of that hour's bytes alone, and 30 ms", false, runHour, runScan, hourWithin(hourFrom)},
		{"--lines 10 times as fast as lnav's merge", false, runLines, runMerge, faster(runMerge, runLines, 10)},
		{"gzip within 1.5 times xargs -n1 -P2 zcat", false, runGzip, runXargs, within(runGzip, runXargs, 1.5)},
		{"peak resident memory of every run under 400 MB", false, runScan, "", underMemory(400e6)},
	}
}

func atSpeed(wanted float64) func(*bench) (string, bool, bool) {
	return func(b *bench) (string, bool, bool) {
		r := b.ok(runScan)
		if r == nil {
			return "", false, false
		}
		return fmt.Sprintf("%.0f MB/s", r.speed()), r.speed() >= wanted, true
	}
}

func faster(slow, fast string, wanted float64) func(*bench) (string, bool, bool) {
	return func(b *bench) (string, bool, bool) {
		s, f := b.ok(slow), b.ok(fast)
		if s == nil || f == nil {
			return "", false, false
		}
		return fmt.Sprintf("%.1f times", times(s, f)), times(s, f) >= wanted, true
	}
}

func within(name, peer string, wanted float64) func(*bench) (string, bool, bool) {
	return func(b *bench) (string, bool, bool) {
		r, p := b.ok(name), b.ok(peer)
		if r == nil || p == nil {
			return "", false, false
		}
		return fmt.Sprintf("%.2f times", times(r, p)), times(r, p) <= wanted, true
	}
}

func scanAim(b *bench) (string, bool, bool) {
	r, wc := b.ok(runScan), b.ok(runCount)
	if r == nil || wc == nil {
		return "", false, false
	}
	return fmt.Sprintf("%.0f MB/s, %.1f times", r.speed(), times(r, wc)), r.speed() >= 700 || times(r, wc) <= 8, true
}

// hourWithin judges the hour by the share of the bytes from an hour of the
// day on.
func hourWithin(from int) func(*bench) (string, bool, bool) {
	return func(b *bench) (string, bool, bool) {
		h, full := b.ok(runHour), b.ok(runScan)
		if h == nil || full == nil {
			return "", false, false
		}
		_, bytes := b.truth.between(from, hourTo)
		share := float64(bytes) / float64(b.truth.Bytes)
		allowed := time.Duration(1.3*share*float64(full.wall)) + 30*time.Millisecond
		return fmt.Sprintf("%.0f ms of %.0f ms allowed (%.1f %% of the bytes)", float64(h.wall.Microseconds())/1e3,
			float64(allowed.Microseconds())/1e3, 100*share), h.wall <= allowed, true
	}
}

func underMemory(wanted int64) func(*bench) (string, bool, bool) {
	return func(b *bench) (string, bool, bool) {
		most, name := int64(0), ""
		for _, c := range b.commands() {
			if r := b.ok(c.name); r != nil && strings.HasPrefix(c.name, "pir") && r.memory > most {
				most, name = r.memory, c.name
			}
		}
		return fmt.Sprintf("%.0f MB in %s", float64(most)/1e6, name), most < wanted, most > 0
	}
}

// judgeAll prints a line for each floor.
func (b *bench) judgeAll() {
	b.say("\n")
	for _, f := range floors() {
		if b.results[f.of] == nil || f.peer != "" && b.results[f.peer] == nil {
			continue // not of this set
		}
		said, reached, known := f.judge(b)
		word := "BELOW"
		switch {
		case b.ok(f.of) == nil:
			said = "pir did not run"
		case !known:
			word, said = "-", "not measured: "+b.absent()
		case reached:
			word = "PASS"
		case f.aim:
			word = "below the aim"
		}
		b.say("%-5s  %s: %s\n", word, f.name, said)
	}
}
