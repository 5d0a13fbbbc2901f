package timeline

import (
	"testing"
	"time"

	"pir/internal/when"
)

func clockTime(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse("15:04:05.999", text)
	if err != nil {
		t.Fatal(err)
	}
	return at.AddDate(2025, 0, 0)
}

// TestSpanText: what is told is what a reader of the two times would reckon.
func TestSpanText(t *testing.T) {
	for _, c := range []struct {
		from string
		a    Precision
		to   string
		b    Precision
		want string
	}{
		{"12:14:00", when.Minute, "12:26:04.518", when.Millisecond, "12 min"},
		{"12:26:04.518", when.Millisecond, "12:28:50", when.Second, "2 min 46 s"},
		{"12:26:59", when.Second, "12:38:00", when.Minute, "12 min"},
		{"12:14:00", when.Minute, "12:14:40", when.Second, "less than 1 min"},
		{"12:14:00", when.Minute, "12:14:00", when.Second, "0 s"},
		{"12:14:00", when.Hour, "15:20:00", when.Minute, "3 h"},
		{"12:14:00.250", when.Millisecond, "12:14:01.750", when.Millisecond, "1.5 s"},
		{"12:26:04", when.Second, "12:22:00", when.Minute, "-4 min"},
		{"11:45:00", when.Minute, "19:43:00", when.Minute, "7 h 58 min"},
	} {
		if got := SpanText(clockTime(t, c.from), clockTime(t, c.to), c.a, c.b); got != c.want {
			t.Errorf("%s (%s) to %s (%s): got %q, want %q", c.from, c.a, c.to, c.b, got, c.want)
		}
	}
}

// TestValueText: a metric is told as finely as its coarser endpoint is known.
func TestValueText(t *testing.T) {
	tl := &Timeline{Milestones: []Boundary{
		{Name: ImpactStart, Time: clockTime(t, "12:14:00"), Precision: when.Minute, Rung: RungMeasured},
		{Name: Detected, Time: clockTime(t, "12:26:04.518"), Precision: when.Millisecond, Rung: RungRecorded},
		{Name: Acknowledged, Time: clockTime(t, "12:28:50"), Precision: when.Second, Rung: RungRecorded},
		{Name: Identified, NotAfter: clockTime(t, "12:40:31"), Precision: when.Second, Rung: RungPosted},
		{Name: Mitigated, Time: clockTime(t, "12:41:00"), Precision: when.Minute, Rung: RungApproximate},
		{Name: ImpactEnd, Time: clockTime(t, "12:44:00"), Precision: when.Minute, Rung: RungMeasured},
	}}
	for _, c := range []struct {
		m    Metric
		want string
	}{
		{Metric{Name: "time_to_detect", Known: true, Value: 724.518, From: ImpactStart, To: Detected}, "12 min"},
		{Metric{Name: "time_to_acknowledge", Known: true, Value: 165.482, From: Detected, To: Acknowledged}, "2 min 46 s"},
		{Metric{Name: "time_to_mitigate", Known: true, Value: 1620, From: ImpactStart, To: Mitigated}, "about 27 min"},
		{Metric{Name: "time_to_identify", AtMost: 866.5, From: Detected, To: Identified}, "at most 14 min 27 s"},
		{Metric{Name: "time_from_start", AtMost: 1591, AtLeast: 130, From: ImpactStart, To: Identified}, "between 2 min and 27 min"},
		{Metric{Name: "time_from_start", AtLeast: 130, From: ImpactStart, To: Identified}, "at least 2 min"},
		{Metric{Name: "time_from_start", AtLeast: 3*3600 + 37*60 + 50, From: Detected, To: Acknowledged}, "at least 3 h 37 min"},
		{Metric{Name: "time_from_start", AtMost: 3*3600 + 37*60 + 10, From: Detected, To: Acknowledged}, "at most 3 h 38 min"},
		{Metric{Name: "time_from_start", AtLeast: 30*3600 + 59*60, From: Detected, To: Acknowledged}, "at least 1 d 6 h"},
		{Metric{Name: "longest_silence", Known: true, Value: 1272.204}, "21 min"},
		{Metric{Name: "impact_duration", Known: true, Value: 1500, From: ImpactStart, To: ImpactEnd}, "25 min"},
		{Metric{Name: "updates", Unit: UnitCount, Known: true, Value: 4}, "4"},
		{Metric{Name: "updates", Unit: UnitCount}, ""},
		{Metric{Name: "time_to_close"}, ""},
	} {
		if got := tl.ValueText(c.m); got != c.want {
			t.Errorf("%s: got %q, want %q", c.m.Name, got, c.want)
		}
	}
	tl.Episodes = []Episode{
		{N: 1, Component: "a", Level: LevelMain, Start: clockTime(t, "12:26:04.518"), End: clockTime(t, "12:41:00")},
		{N: 1, Component: "b", Level: LevelMain, Start: clockTime(t, "12:26:04.518"), End: clockTime(t, "12:41:00")},
		{N: 1, Component: "a", Level: LevelResidual, Start: clockTime(t, "12:41:00"), End: clockTime(t, "12:44:00")},
		{N: 2, Component: "a", Level: LevelResidual, Start: clockTime(t, "12:50:00"), End: clockTime(t, "12:51:50")},
	}
	impact := Metric{Name: "impact_duration", Known: true, Value: 1290, From: Detected, To: Acknowledged}
	for _, c := range []struct {
		part MetricPart
		want string
	}{
		{MetricPart{"main", 895.482}, "15 min"},
		{MetricPart{"residual", 290}, "5 min"},
		{MetricPart{"span", 1545.482}, "25 min 45 s"},
	} {
		if got := tl.PartText(impact, c.part); got != c.want {
			t.Errorf("%s: got %q, want %q", c.part.Name, got, c.want)
		}
	}
	if got := tl.LastedText(clockTime(t, "12:26:04.518"), clockTime(t, "12:30:10")); got != "4 min 6 s" {
		t.Errorf("a phase: got %q", got)
	}
}
