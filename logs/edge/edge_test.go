package edge

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"
)

// level planted in a series: steps long, rate per step.
type planted struct {
	steps int
	rate  float64
}

// draw makes Poisson counts of the levels, with a fixed seed.
func draw(seed uint64, levels ...planted) []int64 {
	r := rand.New(rand.NewPCG(seed, 1))
	var counts []int64
	for _, l := range levels {
		for range l.steps {
			counts = append(counts, poisson(r, l.rate))
		}
	}
	return counts
}

// near reports whether every planted bound is within slack of one found, and
// the other way round.
func near(got [][2]int, want [][2]int, slack int) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range got {
		for j := range 2 {
			if d := got[i][j] - want[i][j]; d < -slack || d > slack {
				return false
			}
		}
	}
	return true
}

func TestPlantedEvents(t *testing.T) {
	tests := []struct {
		name   string
		levels []planted
		want   [][2]int // segments
		slack  int
	}{
		{"a step", []planted{{600, 0.4}, {60, 37}, {780, 0.4}}, [][2]int{{600, 660}}, 0},
		{"three minutes", []planted{{600, 0.4}, {3, 37}, {780, 0.4}}, [][2]int{{600, 603}}, 0},
		{"main, then residual", []planted{{600, 2}, {133, 60}, {345, 8}, {300, 2}}, [][2]int{{600, 733}, {733, 1078}}, 1},
		{"return after a pause", []planted{{300, 1}, {40, 30}, {25, 1}, {50, 30}, {400, 1}}, [][2]int{{300, 340}, {365, 415}}, 1},
		{"still going", []planted{{300, 1}, {60, 20}}, [][2]int{{300, 360}}, 0},
		{"going when the log begins", []planted{{60, 20}, {300, 1}}, [][2]int{{0, 60}}, 0},
		{"more than half of the log", []planted{{40, 1}, {120, 20}, {40, 1}}, [][2]int{{40, 160}}, 1},
		{"low rate", []planted{{700, 0.3}, {60, 3}, {680, 0.3}}, [][2]int{{700, 760}}, 4},
		{"out of silence", []planted{{700, 0}, {30, 2}, {680, 0}}, [][2]int{{700, 730}}, 3},
		{"a short log", []planted{{20, 0.5}, {15, 12}, {20, 0.5}}, [][2]int{{20, 35}}, 1},
		{"ten days", []planted{{9000, 3}, {60, 30}, {5340, 3}}, [][2]int{{9000, 9060}}, 1},
		{"an edge where blocks meet", []planted{{1024, 3}, {512, 30}, {2464, 3}}, [][2]int{{1024, 1536}}, 1},
		{"quieter is no event", []planted{{300, 20}, {60, 1}, {300, 20}}, nil, 0},
		{"half as much again is no event", []planted{{300, 20}, {60, 30}, {300, 20}}, nil, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for seed := range uint64(5) {
				got := Find(draw(seed, tt.levels...), nil, Options{})
				var bounds [][2]int
				for _, g := range got {
					bounds = append(bounds, [2]int{g.Start, g.End})
				}
				if !near(bounds, tt.want, tt.slack) {
					t.Errorf("seed %d: got %v, want %v within %d\n%s", seed, bounds, tt.want, tt.slack, rules(got))
				}
			}
		})
	}
}

func rules(segments []Segment) string {
	var b strings.Builder
	for _, g := range segments {
		fmt.Fprintf(&b, "[%d,%d) %s\n", g.Start, g.End, g.Rule)
	}
	return b.String()
}

// A ramp gives stairs that touch and rise.
func TestRamp(t *testing.T) {
	levels := []planted{{600, 1}}
	for i := range 30 {
		levels = append(levels, planted{1, 1 + float64(i)*29/30})
	}
	levels = append(levels, planted{30, 30}, planted{600, 1})
	got := Find(draw(1, levels...), nil, Options{})
	if runs := joined(got); len(runs) != 1 || runs[0][0] < 595 || runs[0][0] > 612 || runs[0][1] != 660 {
		t.Errorf("runs %v, want one from about 600 to 660\n%s", runs, rules(got))
	}
	for i := 1; i < len(got); i++ {
		if got[i].Rate <= got[i-1].Rate || got[i].RateBefore != got[i-1].Rate {
			t.Errorf("segment %d does not climb on from the one before\n%s", i, rules(got))
		}
	}
}

func TestNoEvent(t *testing.T) {
	wave := func(i int, amplitude float64) float64 {
		return 1 + amplitude*math.Sin(2*math.Pi*float64(i)/day)
	}
	tests := []struct {
		name string
		rate func(i int) float64
		n    int
	}{
		{"flat, high", func(int) float64 { return 30 }, day},
		{"flat, low", func(int) float64 { return 0.3 }, day},
		{"flat for a week", func(int) float64 { return 3 }, 7 * day},
		{"daily cycle, high", func(i int) float64 { return 30 * wave(i, 0.6) }, day},
		{"daily cycle, low", func(i int) float64 { return 0.5 * wave(i, 0.6) }, day},
		{"daily cycle that starts at the peak", func(i int) float64 { return 3 * wave(i+day/4, 0.6) }, day},
		{"daily cycle for three days", func(i int) float64 { return 3 * wave(i, 0.6) }, 3 * day},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for seed := range uint64(4) {
				r := rand.New(rand.NewPCG(seed, 3))
				counts := make([]int64, tt.n)
				for i := range counts {
					counts[i] = poisson(r, tt.rate(i))
				}
				if got := Find(counts, nil, Options{}); len(got) > 0 {
					t.Errorf("seed %d: found\n%s", seed, rules(got))
				}
			}
		})
	}
}

func TestNothingToSee(t *testing.T) {
	one := make([]int64, 300)
	one[100] = 1
	spike := make([]int64, 300)
	spike[100] = 500
	tests := []struct {
		name   string
		counts []int64
		totals []int64
	}{
		{"nil", nil, nil},
		{"one step", []int64{1000}, nil},
		{"two steps", []int64{0, 1000}, nil},
		{"zeros", make([]int64, 500), nil},
		{"one record", one, nil},
		{"one step of many records", spike, nil},
		{"negative", []int64{-5, -5, -5, -9, -1, -5, -5}, nil},
		{"totals too short", []int64{1, 1, 1, 1, 1, 1, 1}, []int64{5}},
		{"huge", []int64{math.MaxInt64, math.MaxInt64, math.MaxInt64, math.MaxInt64}, []int64{math.MaxInt64}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Find(tt.counts, tt.totals, Options{}); len(got) > 0 {
				t.Errorf("found\n%s", rules(got))
			}
		})
	}
}

// Traffic that grows tenfold with the same share of errors is no event; a
// share that grows is one, even when traffic falls meanwhile.
func TestTotals(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	counts, totals := make([]int64, 600), make([]int64, 600)
	for i := range counts {
		traffic := 500 + 9*float64(i)
		totals[i] = poisson(r, traffic)
		counts[i] = poisson(r, traffic*0.01)
	}
	if got := Find(counts, totals, Options{}); len(got) > 0 {
		t.Errorf("rising traffic: found\n%s", rules(got))
	}
	for i := 300; i < 340; i++ {
		totals[i] /= 10
		counts[i] = poisson(r, float64(totals[i])*0.1)
	}
	got := Find(counts, totals, Options{})
	if len(got) != 1 || got[0].Start != 300 || got[0].End != 340 {
		t.Fatalf("want one segment [300,340), got\n%s", rules(got))
	}
	g := got[0]
	if g.Baseline < 3 || g.Baseline > 4.5 || g.Rate < 25 {
		t.Errorf("rate %v, baseline %v: want about 33 where 3.4 are expected", g.Rate, g.Baseline)
	}
	if !strings.HasPrefix(g.Rule, "errors rose from ") || !strings.Contains(g.Rule, " % of the total (x") {
		t.Errorf("rule %q", g.Rule)
	}
}

func TestSegmentFields(t *testing.T) {
	counts := draw(2, planted{300, 2}, planted{60, 60}, planted{90, 10}, planted{300, 2})
	got := Find(counts, nil, Options{Noun: "failures"})
	if len(got) != 2 {
		t.Fatalf("want two segments, got\n%s", rules(got))
	}
	main, rest := got[0], got[1]
	if main.End != rest.Start || main.RateAfter != rest.Rate || rest.RateBefore != main.Rate {
		t.Errorf("segments do not meet: %+v, %+v", main, rest)
	}
	for _, g := range got {
		if !g.Above || g.Weak || g.OpenEnd || g.StartLo > g.Start || g.StartHi < g.Start || g.EndLo > g.End || g.EndHi < g.End {
			t.Errorf("bad fields: %+v", g)
		}
		if g.Baseline < 1.6 || g.Baseline > 2.4 {
			t.Errorf("baseline %v, want about 2", g.Baseline)
		}
	}
	for i, want := range []string{"failures per minute rose from ", "failures per minute fell from "} {
		if !strings.HasPrefix(got[i].Rule, want) {
			t.Errorf("rule %q, want it to begin with %q", got[i].Rule, want)
		}
	}
	if !strings.Contains(rest.Rule, ", still above ") {
		t.Errorf("rule %q does not name the baseline", rest.Rule)
	}
	hour := Find(counts, nil, Options{Step: time.Hour})
	if len(hour) == 0 || !strings.HasPrefix(hour[0].Rule, "errors per hour ") {
		t.Errorf("hours: %s", rules(hour))
	}
}

func TestOpenEnd(t *testing.T) {
	got := Find(draw(3, planted{300, 1}, planted{60, 20}), nil, Options{})
	if len(got) != 1 || !got[0].OpenEnd || got[0].RateAfter != 0 || got[0].EndLo != 360 || got[0].EndHi != 360 {
		t.Errorf("want one segment with an open end, got %+v", got)
	}
}

// An event too faint for the segmentation is found by the scan, and says so.
func TestWeak(t *testing.T) {
	weak := 0
	for seed := range uint64(20) {
		for _, g := range Find(draw(seed, planted{700, 0.3}, planted{60, 0.9}, planted{680, 0.3}), nil, Options{}) {
			if g.Weak != strings.HasPrefix(g.Rule, "weak: ") {
				t.Errorf("seed %d: weak %v, rule %q", seed, g.Weak, g.Rule)
			}
			if g.Weak {
				weak++
			}
		}
	}
	if weak == 0 {
		t.Error("no seed gave a weak event")
	}
}

// TestExact holds the pruned search against one that tries everything.
func TestExact(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 2))
	for round := range 60 {
		n, least := 1+r.IntN(60), 1+r.IntN(5)
		counts, totals := make([]int64, n), []int64(nil)
		if round%2 == 0 {
			totals = make([]int64, n)
		}
		rate := 1.0
		for i := range counts {
			if r.IntN(12) == 0 {
				rate = 20 * r.Float64()
			}
			counts[i] = poisson(r, rate)
			if totals != nil {
				totals[i] = poisson(r, 200)
			}
		}
		s := newSeries(counts, totals)
		got, want := s.total(s.pelt(run(0, n), least, 4), 4), s.total(exhaustive(s, least, 4), 4)
		if math.Abs(got-want) > 1e-6 {
			t.Errorf("round %d: cost %v, the least is %v", round, got, want)
		}
	}
}

// total is the penalised cost of a segmentation.
func (s *series) total(bounds []int, penalty float64) float64 {
	sum := -penalty
	for k := 1; k < len(bounds); k++ {
		sum += s.cost(bounds[k-1], bounds[k]) + penalty
	}
	return sum
}

func exhaustive(s *series, least int, penalty float64) []int {
	best, from := make([]float64, s.n+1), make([]int, s.n+1)
	best[0] = -penalty
	for j := 1; j <= s.n; j++ {
		best[j] = math.Inf(1)
		for i := 0; i+least <= j; i++ {
			if v := best[i] + s.cost(i, j) + penalty; v < best[j] {
				best[j], from[j] = v, i
			}
		}
	}
	if math.IsInf(best[s.n], 1) {
		return []int{0, s.n}
	}
	bounds := []int{s.n}
	for j := s.n; j > 0; j = from[j] {
		bounds = append([]int{from[j]}, bounds...)
	}
	return bounds
}

// The true edge lies inside the stated span about as often as 1.92 promises.
func TestSpanHolds(t *testing.T) {
	held, all := 0, 0
	for seed := range uint64(80) {
		got := Find(draw(seed, planted{300, 3}, planted{60, 9}, planted{300, 3}), nil, Options{})
		if len(got) != 1 {
			continue
		}
		all += 2
		if g := got[0]; g.StartLo <= 300 && 300 <= g.StartHi {
			held++
		}
		if g := got[0]; g.EndLo <= 360 && 360 <= g.EndHi {
			held++
		}
	}
	if all < 120 || float64(held) < 0.85*float64(all) {
		t.Errorf("the span holds %d of %d edges, want at least 0.85 of 120 or more", held, all)
	}
}

func TestLogarithm(t *testing.T) {
	for _, x := range []float64{1, 2, 3, 10, 0.7, 0.70710678, 1e-9, 12345.678, 1 << 40, 1e300} {
		if got, want := ln(x), math.Log(x); math.Abs(got-want) > 1e-14*math.Max(1, math.Abs(want)) {
			t.Errorf("ln(%v) = %v, want %v", x, got, want)
		}
	}
}

func TestFigure(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 0.004: "0.004", 0.37: "0.37", 1: "1", 1.25: "1.3", 9.99: "10", 36.6: "37", 812.4: "812"} {
		if got := figure(v); got != want {
			t.Errorf("figure(%v) = %q, want %q", v, got, want)
		}
	}
}

// counted turns fuzzed bytes into counts.
func counted(data []byte) []int64 {
	counts := make([]int64, min(len(data), 600))
	for i := range counts {
		counts[i] = int64(data[i])
		if data[i] > 250 {
			counts[i] *= 1 << 20
		}
	}
	return counts
}

func FuzzFind(f *testing.F) {
	plant := func(levels ...planted) {
		var data []byte
		for _, c := range draw(1, levels...) {
			data = append(data, byte(min(c, 255)))
		}
		f.Add(data, false)
		f.Add(data, true)
	}
	plant(planted{300, 1}, planted{40, 30}, planted{25, 1}, planted{50, 30}, planted{100, 1})
	plant(planted{100, 2}, planted{60, 60}, planted{90, 10}, planted{100, 2})
	plant(planted{100, 0}, planted{40, 5})
	f.Add([]byte{}, true)
	f.Add([]byte{9}, false)
	f.Fuzz(func(t *testing.T, data []byte, shares bool) {
		counts := counted(data)
		var totals []int64
		if shares {
			totals = make([]int64, len(counts))
			for i := range totals {
				totals[i] = 40 + counts[len(counts)-1-i]
			}
		}
		got := Find(counts, totals, Options{})
		if !reflect.DeepEqual(got, Find(counts, totals, Options{})) {
			t.Fatal("two runs differ")
		}
		last := 0
		for _, g := range got {
			if g.Start < last || g.End <= g.Start || g.End > len(counts) {
				t.Fatalf("segment %+v out of order or out of the series of %d", g, len(counts))
			}
			if g.StartLo > g.Start || g.StartHi < g.Start || g.EndLo > g.End || g.EndHi < g.End || g.StartLo < 0 || g.EndHi > len(counts) {
				t.Fatalf("segment %+v is not inside its span", g)
			}
			if !g.Above || g.Rate < g.Baseline || g.LLR < 0 || g.Rule == "" || strings.Contains(g.Rule, "NaN") || strings.Contains(g.Rule, "Inf") {
				t.Fatalf("bad segment %+v", g)
			}
			last = g.End
		}
	})
}

// More quiet time after an event does not take the event away.
func TestQuietAfter(t *testing.T) {
	counts := draw(4, planted{300, 1}, planted{40, 30}, planted{200, 1})
	before := joined(Find(counts, nil, Options{}))
	after := joined(Find(append(counts, make([]int64, 300)...), nil, Options{}))
	if !near(after, before, 0) || len(before) != 1 {
		t.Errorf("events %v, with quiet time after them %v", before, after)
	}
}

// Ten times the counts makes an event clearer, never moves it far.
func TestScaling(t *testing.T) {
	counts := draw(6, planted{300, 1}, planted{40, 30}, planted{200, 1})
	before := Find(counts, nil, Options{})
	for i := range counts {
		counts[i] *= 10
	}
	after := Find(counts, nil, Options{})
	if !near(joined(after), joined(before), 2) || len(before) != 1 {
		t.Errorf("events\n%sscaled\n%s", rules(before), rules(after))
	}
}

// The minute in which an event begins has a rate in between; joined with the
// next segment it leaves no trace in the rates.
func TestJoin(t *testing.T) {
	counts := make([]int64, 200)
	for i := range counts {
		counts[i] = int64(i % 3)
	}
	counts[100] = 40
	for i := 101; i < 150; i++ {
		counts[i] = 120 + int64(i%2)
	}
	found := Find(counts, nil, Options{})
	if len(found) != 2 || found[0].End != 101 || found[1].EndRule != "errors per minute fell from 121 to 0.98" {
		t.Fatalf("got %+v, want the first minute and the rest", found)
	}
	g := Join(found[0], found[1])
	if g.Start != 100 || g.End != 150 || g.Rate != found[1].Rate || g.RateBefore != found[0].RateBefore || g.OpenEnd {
		t.Errorf("got %+v", g)
	}
	want := "errors per minute rose from 0.99 to 121 (x122, log likelihood ratio "
	if !strings.HasPrefix(g.Rule, want) {
		t.Errorf("rule %q, want %q", g.Rule, want)
	}
	if fall := Fall(found[0], found[1]); fall != "errors per minute fell from 40 to 0.98" {
		t.Errorf("fall %q", fall)
	}
}
