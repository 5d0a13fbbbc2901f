package edge

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
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
	onset, end               []float64
}

func (t *tally) add(p plan, r *rand.Rand) {
	counts, totals, start, end := p.draw(r)
	t.days++
	if p.ratio > 0 {
		t.events++
	}
	hit := false
	for _, e := range joined(Find(counts, totals, Options{})) {
		if p.ratio > 0 && e[0] < end && e[1] > start {
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
	return fmt.Sprintf("days %d, recall %.2f, onset error median %.0f p90 %.0f min (within 2: %.2f), end error median %.0f p90 %.0f min (within 2: %.2f), false events per day %.3f",
		t.days, float64(t.hit)/float64(max(t.events, 1)), quantile(t.onset, 0.5), quantile(t.onset, 0.9), share(t.onset, 2),
		quantile(t.end, 0.5), quantile(t.end, 0.9), share(t.end, 2), float64(t.wrong)/float64(t.days))
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

// BenchmarkSimulation prints how well planted events are found. The seeds are
// not those by which the settings were chosen.
func BenchmarkSimulation(b *testing.B) {
	names, by := simulate(6, 4711)
	for _, n := range names {
		fmt.Printf("%-50s %v\n", n, by[n])
	}
	b.ReportMetric(0, "ns/op")
}
