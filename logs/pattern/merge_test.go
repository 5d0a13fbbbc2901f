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

// grouping returns the mean accuracy of each service over seeds from first, and of
// all, with the one fixed setting that is the default.
func grouping(first, seeds uint64) (each []float64, mean float64) {
	for _, s := range services {
		sum := 0.0
		for seed := range seeds {
			msgs, truth := sample(s, 2000, first+seed)
			of, _ := mine(msgs)
			sum += accuracy(of, truth)
		}
		each = append(each, sum/float64(seeds))
		mean += sum / float64(seeds) / float64(len(services))
	}
	return each, mean
}

func TestGroupingAccuracy(t *testing.T) {
	if len(services) < 12 {
		t.Fatalf("%d services, want at least 12", len(services))
	}
	each, mean := grouping(0, 3)
	for i, s := range services {
		t.Logf("%.3f  %s, %d formats", each[i], s.name, len(s.formats))
	}
	if mean < 0.85 {
		t.Errorf("grouping accuracy %.3f, want at least 0.85", mean)
	}
}

// BenchmarkGrouping prints the accuracy on seeds that no setting was chosen by.
func BenchmarkGrouping(b *testing.B) {
	mean := 0.0
	for b.Loop() {
		_, mean = grouping(100, 10)
	}
	b.ReportMetric(mean, "accuracy")
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

func FuzzMerge(f *testing.F) {
	for _, s := range services {
		msgs, _ := sample(s, 12, 4)
		f.Add(strings.Join(msgs, "\n"))
	}
	f.Add("\n \n<*>\n=<*>\n<")
	f.Fuzz(func(t *testing.T, in string) {
		m := New(Options{})
		var texts []Text
		var sum int64
		for i, s := range strings.Split(in, "\n") {
			texts = append(texts, Text{Masked: string(m.Mask(nil, []byte(s))), Key: []string{"a", "b"}[i%2], Count: int64(i)})
			sum += int64(i)
		}
		groups, index := Merge(texts, Options{Max: 50})
		for i, g := range index {
			sum -= texts[i].Count
			groups[g].Count -= texts[i].Count
			if groups[g].Key != texts[i].Key && !groups[g].Overflow {
				t.Errorf("text %q of key %q is in a group of key %q", texts[i].Masked, texts[i].Key, groups[g].Key)
			}
		}
		for _, g := range groups {
			if g.Count != 0 {
				t.Errorf("group %q counts %d more than its texts", g.Template, g.Count)
			}
		}
		slices.Reverse(texts)
		if again, _ := Merge(texts, Options{Max: 50}); len(again) != len(groups) {
			t.Errorf("%d groups, in reverse %d", len(groups), len(again))
		}
	})
}
