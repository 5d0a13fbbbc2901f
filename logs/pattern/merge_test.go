package pattern

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// sample draws lines of a service, rare formats among them, with their truth.
func sample(s service, lines int, seed uint64) (msgs []string, truth []int) {
	r := rand.New(rand.NewPCG(seed, 21))
	weights := make([]int, len(s.formats))
	all := 0
	for i := range weights {
		weights[i] = 1 + r.IntN(1<<r.IntN(8))
		all += weights[i]
	}
	for range lines {
		k, x := 0, r.IntN(all)
		for x >= weights[k] {
			x -= weights[k]
			k++
		}
		msgs, truth = append(msgs, line(r, s.formats[k])), append(truth, k)
	}
	return msgs, truth
}

// mine gives each message the template of its group.
func mine(msgs []string) (of []string, groups []Group) {
	m := New(Options{})
	keys := make([]uint64, len(msgs))
	for i, s := range msgs {
		keys[i] = m.Add("", []byte(s), 1)
	}
	texts, hashes := m.Texts()
	groups, index := Merge(texts, Options{})
	at := map[uint64]int{}
	for i, h := range hashes {
		at[h] = index[i]
	}
	for _, k := range keys {
		of = append(of, fmt.Sprint(at[k]))
	}
	return of, groups
}

// accuracy is the share of the lines whose group holds the same lines as their
// format, as the literature on log parsing reckons it.
func accuracy(of []string, truth []int) float64 {
	byGroup, byTruth := map[string][]int{}, map[int][]int{}
	for i := range of {
		byGroup[of[i]] = append(byGroup[of[i]], i)
		byTruth[truth[i]] = append(byTruth[truth[i]], i)
	}
	right := 0
	for i := range of {
		if slices.Equal(byGroup[of[i]], byTruth[truth[i]]) {
			right++
		}
	}
	return float64(right) / float64(len(of))
}

func TestGroupingAccuracy(t *testing.T) {
	if len(services) < 12 {
		t.Fatalf("%d services, want at least 12", len(services))
	}
	const seeds = 3
	mean := 0.0
	for i := range len(services) * seeds {
		s := services[i/seeds]
		msgs, truth := sample(s, 2000, uint64(i%seeds))
		of, groups := mine(msgs)
		a := accuracy(of, truth)
		mean += a / float64(len(services)*seeds)
		t.Logf("%-26s %.3f  %d formats, %d groups", s.name, a, len(s.formats), len(groups))
		if a < 0.98 && testing.Verbose() {
			for _, g := range groups {
				t.Logf("    %5d %2d %s", g.Count, g.Texts, g.Template)
			}
		}
	}
	t.Logf("grouping accuracy %.3f over %d services", mean, len(services))
	if mean < 0.85 {
		t.Errorf("grouping accuracy %.3f, want at least 0.85", mean)
	}
}

func BenchmarkMerge(b *testing.B) {
	var texts []Text
	for _, s := range services {
		msgs, _ := sample(s, 2000, 1)
		m := New(Options{})
		for _, x := range msgs {
			m.Add(s.name, []byte(x), 1)
		}
		t, _ := m.Texts()
		texts = append(texts, t...)
	}
	b.Logf("%d texts", len(texts))
	for b.Loop() {
		Merge(texts, Options{})
	}
}

// The order of the texts changes nothing.
func TestMergeOrder(t *testing.T) {
	var texts []Text
	for _, s := range services {
		msgs, _ := sample(s, 300, 2)
		for _, x := range msgs {
			texts = append(texts, Text{Masked: string(New(Options{}).Mask(nil, []byte(x))), Key: s.name[:1], Count: int64(len(x)), Sample: x})
		}
	}
	groups, index := Merge(texts, Options{})
	r := rand.New(rand.NewPCG(8, 8))
	for range 3 {
		order := r.Perm(len(texts))
		shuffled := make([]Text, len(texts))
		for to, from := range order {
			shuffled[to] = texts[from]
		}
		g, ix := Merge(shuffled, Options{})
		if !reflect.DeepEqual(g, groups) {
			t.Fatal("the groups differ")
		}
		for to, from := range order {
			if ix[to] != index[from] {
				t.Fatalf("text %d is in group %d, was in %d", from, ix[to], index[from])
			}
		}
	}
}

func TestMerge(t *testing.T) {
	tests := []struct {
		name string
		in   string // one message on a line
		want string // templates, in the order of groups
	}{
		{"two values are no variable", "link <id> is up now\nlink <id> is down now", "link <id> is down now\nlink <id> is up now"},
		{"many values are one", "user alice logged in from <ip>\nuser bob logged in from <ip>\nuser carol logged in from <ip>", "user <*> logged in from <ip>"},
		{"a name before the sign stays", "job done state=ok took <dur>\njob done state=late took <dur>\njob done state=none took <dur>", "job done state=<*> took <dur>"},
		{"first words that vary", "alice has logged in\nbob has logged in\ncarol has logged in\ndave has logged in", "<*> has logged in"},
		{"a variable that repeats", "ids <num>\nids <num> <num> <num>\nids <num> <num>", "ids <num>"},
		{"short and unlike", "started\nstopped\nwas started\nwas stopped", "started\nstopped\nwas started\nwas stopped"},
		{"empty", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var texts []Text
			for m := range strings.SplitSeq(tt.in, "\n") {
				texts = append(texts, Text{Masked: m, Count: 1})
			}
			groups, index := Merge(texts, Options{})
			var got []string
			var sum int64
			for _, g := range groups {
				got = append(got, g.Template)
				sum += g.Count
			}
			if strings.Join(got, "\n") != tt.want {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), tt.want)
			}
			if sum != int64(len(texts)) || len(index) != len(texts) {
				t.Errorf("%d texts became a count of %d and %d indices", len(texts), sum, len(index))
			}
		})
	}
}

func TestOverflow(t *testing.T) {
	var texts []Text
	for _, w := range []string{"one alpha", "two beta gamma", "three d e f", "four"} {
		texts = append(texts, Text{Masked: w, Count: int64(len(w))})
	}
	groups, index := Merge(texts, Options{Max: 2})
	if len(groups) != 3 || !groups[2].Overflow || groups[2].Template != Overflow || groups[2].Count != 9+4 || groups[2].Texts != 2 {
		t.Errorf("groups %+v", groups)
	}
	if want := []int{2, 0, 1, 2}; !slices.Equal(index, want) {
		t.Errorf("index %v, want %v", index, want)
	}
}
