package timeline

import (
	"fmt"
	"testing"
	"time"

	"pir/internal/when"
)

// TestCrowdOfCopies holds the same of alerts that a program copied into a chat.
func TestCrowdOfCopies(t *testing.T) {
	start := time.Date(2025, 3, 1, 8, 0, 0, 0, time.UTC)
	var in Input
	for i := range 5000 {
		in.Events = append(in.Events, Event{
			Source: "chat", Kind: KindChat, Flags: []string{FlagBot}, Actor: "Alertmanager", Time: start.Add(time.Duration(i) * time.Second),
			Precision: when.Second, Title: fmt.Sprintf("[FIRING:1] DiskFull%d", i), Key: fmt.Sprintf("message-%05d", i), Origins: []Origin{LineOrigin("chat.json", i+1)},
		})
	}
	detected, _ := Build(in).Milestone(Detected)
	if !detected.Time.Equal(start) || detected.Rung != RungRecorded {
		t.Errorf("detected %s (%s), want the first copy, %s", detected.Time, detected.Rung, start)
	}
	if got := len(detected.Alternatives); got < 10 || got > crowdMost {
		t.Errorf("%d candidates for detected, want one of each stretch", got)
	}
}

// TestCrowd holds that of many alerts that say the same the first and the last
// still count, and that the candidates are few.
func TestCrowd(t *testing.T) {
	start := time.Date(2025, 3, 1, 8, 0, 0, 0, time.UTC)
	var in Input
	const n = 5000
	for i := range n {
		at := start.Add(time.Duration(i) * time.Second)
		in.Events = append(in.Events, Event{
			Source: "am", Kind: KindAlert, Time: at, Precision: when.Second, Title: fmt.Sprintf("Alert fired: disk %d is full", i),
			Key: fmt.Sprintf("alert-%05d", i), Step: "firing", Origins: []Origin{LineOrigin("am.json", i+1)},
			Claims: []Claim{
				{Milestone: Detected, Time: at, Rung: RungRecorded, Rule: "an alert fired"},
				{Milestone: ImpactEnd, Time: at, Rung: RungRecorded, Rule: "an alert that cleared"},
			},
		})
	}
	out := Build(in)
	if len(out.Events) != n {
		t.Errorf("%d events, want all %d", len(out.Events), n)
	}
	detected, _ := out.Milestone(Detected)
	if !detected.Time.Equal(start) {
		t.Errorf("detected %s, want the first alert, %s", detected.Time, start)
	}
	end, _ := out.Milestone(ImpactEnd)
	if last := start.Add((n - 1) * time.Second); !end.Time.Equal(last) {
		t.Errorf("impact end %s, want the last alert, %s", end.Time, last)
	}
	if got := len(detected.Alternatives); got < 10 || got > crowdMost {
		t.Errorf("%d candidates for detected, want one of each stretch", got)
	}
}
