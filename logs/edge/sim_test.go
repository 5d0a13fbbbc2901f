package edge

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

const day = 1440

// plan is a day of counts with at most one event planted.
type plan struct {
	base    float64 // per minute
	ratio   float64 // of the event; 0 plants none
	shape   string  // step, ramp, levels
	spread  float64 // variance over mean; 1 is Poisson
	cycle   float64 // amplitude of a daily sine
	traffic bool    // hand the cycle over as totals
}

// draw returns the counts, the totals or nil, and where the event lies.
func (p plan) draw(r *rand.Rand) (counts, totals []int64, start, end int) {
	counts = make([]int64, day)
	if p.ratio > 0 {
		start = 200 + r.IntN(900)
		end = start + 30 + r.IntN(90)
	}
	if p.traffic {
		totals = make([]int64, day)
	}
	for i := range counts {
		wave := 1 + p.cycle*math.Sin(2*math.Pi*float64(i)/day)
		rate := p.base * wave
		if i >= start && i < end {
			rate *= p.factor(float64(i-start) / float64(end-start))
		}
		counts[i] = spread(r, rate, p.spread)
		if p.traffic {
			totals[i] = max(poisson(r, 1000*wave), counts[i])
		}
	}
	return counts, totals, start, end
}

// factor is the ratio at x of the way through the event.
func (p plan) factor(x float64) float64 {
	switch {
	case p.shape == "ramp" && x < 0.4:
		return 1 + (p.ratio-1)*(x+0.05)/0.45
	case p.shape == "levels" && x > 0.5:
		return max(p.ratio*0.4, 2.2)
	}
	return p.ratio
}

// spread draws a count of the mean and variance-to-mean ratio given, the
// latter by clumps of geometric size.
func spread(r *rand.Rand, mean, ratio float64) int64 {
	if ratio <= 1 {
		return poisson(r, mean)
	}
	// A sum of N geometric sizes of mean m has variance over mean 2m-1.
	size := (ratio + 1) / 2
	var sum int64
	for range poisson(r, mean/size) {
		sum++
		for r.Float64() > 1/size {
			sum++
		}
	}
	return sum
}

func poisson(r *rand.Rand, mean float64) int64 {
	var k int64
	for mean > 30 {
		k += poisson(r, 30)
		mean -= 30
	}
	for limit, prod := math.Exp(-mean), r.Float64(); prod > limit; prod *= r.Float64() {
		k++
	}
	return k
}

// tally sums up what Find made of many days.
type tally struct {
	days, events, hit, wrong int
	inside                   [2]int // events whose true start, end lies in a stated span
	onset, end               []float64
}

func (t *tally) add(p plan, r *rand.Rand) {
	counts, totals, start, end := p.draw(r)
	t.note(Find(counts, totals, Options{}), 1, p.ratio > 0, start, end)
}

// note counts what was found of a series of so many days; planted says that
// there is an event, from start to end.
func (t *tally) note(found []Segment, days int, planted bool, start, end int) {
	t.days += days
	if planted {
		t.events++
	}
	hit, spans := false, [2]bool{}
	for _, g := range found {
		spans[0] = spans[0] || g.StartLo <= start && start <= g.StartHi
		spans[1] = spans[1] || g.EndLo <= end && end <= g.EndHi
	}
	for _, e := range joined(found) {
		if planted && e[0] < end && e[1] > start {
			if !hit {
				t.onset = append(t.onset, math.Abs(float64(e[0]-start)))
				t.end = append(t.end, math.Abs(float64(e[1]-end)))
			}
			hit = true
			continue
		}
		t.wrong++
	}
	if hit {
		t.hit++
		for i, inside := range spans {
			if inside {
				t.inside[i]++
			}
		}
	}
}

// joined joins segments that touch.
func joined(segments []Segment) [][2]int {
	var runs [][2]int
	for _, g := range segments {
		if n := len(runs); n > 0 && runs[n-1][1] == g.Start {
			runs[n-1][1] = g.End
		} else {
			runs = append(runs, [2]int{g.Start, g.End})
		}
	}
	return runs
}

func quantile(v []float64, q float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	slices.Sort(v)
	return v[min(int(q*float64(len(v))), len(v)-1)]
}

func share(v []float64, most float64) float64 {
	n := 0
	for _, x := range v {
		if x <= most {
			n++
		}
	}
	return float64(n) / float64(max(len(v), 1))
}

func (t *tally) String() string {
	if t.events == 0 {
		return fmt.Sprintf("days %d, false events per day %.3f", t.days, float64(t.wrong)/float64(t.days))
	}
	return fmt.Sprintf("days %d, recall %.2f, onset error median %.0f p90 %.0f min (within 2: %.2f), end error median %.0f p90 %.0f min (within 2: %.2f), truth inside the span %.2f %.2f, false events per day %.3f",
		t.days, float64(t.hit)/float64(max(t.events, 1)), quantile(t.onset, 0.5), quantile(t.onset, 0.9), share(t.onset, 2),
		quantile(t.end, 0.5), quantile(t.end, 0.9), share(t.end, 2),
		float64(t.inside[0])/float64(max(t.hit, 1)), float64(t.inside[1])/float64(max(t.hit, 1)), float64(t.wrong)/float64(t.days))
}

// simulate runs the grid of plans, repeats times each, and tallies by name.
func simulate(repeats int, seed uint64) (names []string, by map[string]*tally) {
	r := rand.New(rand.NewPCG(seed, 7))
	by = map[string]*tally{}
	note := func(p plan, keys ...string) {
		for _, k := range keys {
			if by[k] == nil {
				by[k] = &tally{}
				names = append(names, k)
			}
		}
		one := &tally{}
		for range repeats {
			one.add(p, r)
		}
		for _, k := range keys {
			t := by[k]
			t.days, t.events, t.hit, t.wrong = t.days+one.days, t.events+one.events, t.hit+one.hit, t.wrong+one.wrong
			t.onset, t.end = append(t.onset, one.onset...), append(t.end, one.end...)
			t.inside[0], t.inside[1] = t.inside[0]+one.inside[0], t.inside[1]+one.inside[1]
		}
	}
	for _, base := range []float64{0.3, 3, 30} {
		for _, disp := range []float64{1, 3} {
			for _, cycle := range []float64{0, 0.6} {
				for _, traffic := range []bool{false, true} {
					p := plan{base: base, spread: disp, cycle: cycle, traffic: traffic}
					name := fmt.Sprintf("no event, cycle %v, traffic known %v", cycle > 0, traffic)
					note(p, name, fmt.Sprintf("no event, rate %v, spread %v", base, disp))
					for _, ratio := range []float64{3, 10} {
						for _, shape := range []string{"step", "ramp", "levels"} {
							p.ratio, p.shape = ratio, shape
							note(p, "events, all", fmt.Sprintf("events, rate %v x%v", base, ratio), "events, "+shape, fmt.Sprintf("events, spread %v", disp),
								fmt.Sprintf("events, cycle %v, traffic known %v", cycle > 0, traffic))
						}
					}
				}
			}
		}
	}
	slices.Sort(names)
	return names, by
}

// course is how the traffic of an application's log goes: the factor at a minute.
func course(name string, minute int) float64 {
	clock := minute % day
	switch {
	case name == "daily cycle over 3 days":
		return 1 + 0.9*math.Sin(2*math.Pi*(float64(clock)/day-0.25))
	case name == "office hours x10" && clock >= 540 && clock < 1020,
		name == "office hours x10, 3 days" && clock >= 540 && clock < 1020:
		return 10
	case name == "half an hour x3" && clock >= 720 && clock < 750:
		return 3
	case name == "step x4" && clock >= 720:
		return 4
	}
	return 1
}

// appPlan is a log of an application that writes a line for each request, three
// of a hundred of them errors, with at most one event planted.
type appPlan struct {
	course string
	days   int
	rate   float64 // lines per minute
	ratio  float64 // of the event; 0 plants none
	// ordinary is what becomes of the ordinary lines inside the event.
	ordinary float64
}

func (p appPlan) draw(r *rand.Rand) (counts, others []int64, start, end int) {
	counts, others = make([]int64, p.days*day), make([]int64, p.days*day)
	if p.ratio > 0 {
		start = 200 + r.IntN(len(counts)-500)
		end = start + 30 + r.IntN(90)
	}
	for i := range counts {
		lines, ordinary, ratio := p.rate*course(p.course, i), 0.97, 0.03
		if i >= start && i < end {
			ordinary, ratio = ordinary*p.ordinary, ratio*p.ratio
		}
		counts[i], others[i] = poisson(r, lines*ratio), poisson(r, lines*ordinary)
	}
	return counts, others, start, end
}

// simulateApps runs the courses of traffic, without an event, with one that
// leaves the ordinary lines alone, one that ends them, and one that doubles them.
func simulateApps(repeats int, seed uint64) (names []string, by map[string]*tally) {
	r := rand.New(rand.NewPCG(seed, 8))
	by = map[string]*tally{}
	events := []struct {
		name            string
		ratio, ordinary float64
	}{{"no event", 0, 1}, {"event x10", 10, 1}, {"outage x10", 10, 0.05}, {"event x10, lines x2", 10, 2}, {"event x4", 4, 1}}
	for _, c := range []string{"steady", "daily cycle over 3 days", "office hours x10", "office hours x10, 3 days", "half an hour x3", "step x4"} {
		for _, e := range events {
			p := appPlan{course: c, days: 1, ratio: e.ratio, ordinary: e.ordinary}
			if strings.Contains(c, "3 days") {
				p.days = 3
			}
			name := "app log, " + c + ", " + e.name
			names, by[name] = append(names, name), &tally{}
			for _, p.rate = range []float64{10, 60} {
				for range repeats {
					counts, others, start, end := p.draw(r)
					by[name].note(Find(counts, nil, Options{Others: others}), p.days, p.ratio > 0, start, end)
				}
			}
		}
	}
	return names, by
}

// TestTrafficIsNoEvent holds the table of BenchmarkSimulation to what it prints of
// logs of applications.
func TestTrafficIsNoEvent(t *testing.T) {
	names, by := simulateApps(3, 1147)
	found, events := 0, 0
	for _, n := range names {
		got := by[n]
		if got.wrong > 0 {
			t.Errorf("%s: %v", n, got)
		}
		if !strings.HasSuffix(n, "event x4") {
			found, events = found+got.hit, events+got.events
		}
	}
	if 100*found < 97*events {
		t.Errorf("%d of %d events of ten times the errors were found", found, events)
	}
}

// BenchmarkSimulation prints how well planted events are found. The seeds are
// not those by which the settings were chosen.
func BenchmarkSimulation(b *testing.B) {
	names, by := simulate(6, 4711)
	for _, n := range names {
		fmt.Printf("%-50s %v\n", n, by[n])
	}
	names, by = simulateApps(12, 4711)
	for _, n := range names {
		fmt.Printf("%-60s %v\n", n, by[n])
	}
	b.ReportMetric(0, "ns/op")
}
