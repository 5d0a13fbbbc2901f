package timeline

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pir/internal/when"
)

// BenchmarkMine reads prose without and with times.
func BenchmarkMine(b *testing.B) {
	for name, sentence := range map[string]string{
		"plain": "The team looked at the dashboards and found nothing that stood out. ",
		"times": "At 14:20 we rolled back, and errors returned to normal at 14:32. ",
		"dense": "rolled back back most of the impact was not fully mitigated errors began to ",
		"marks": "11:45 ",
	} {
		b.Run(name, func(b *testing.B) {
			text := strings.Repeat(sentence, 256<<10/len(sentence))
			e := Event{
				Kind: KindNote, Title: "t", Body: text, Raw: text, Party: PartyOwn, Source: "notes", Precision: when.Minute,
				Time: time.Date(2024, 7, 30, 12, 0, 0, 0, time.UTC), Origins: []Origin{LineOrigin("notes.md", 7)},
			}
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				bl := newBuilder(Input{})
				bl.events = []Event{e}
				newMiner(bl).mine(&bl.events[0])
			}
		})
	}
}

// BenchmarkBuild merges many rows.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{1_000, 20_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var in Input
			start := time.Date(2024, 7, 30, 12, 0, 0, 0, time.UTC)
			for i := range n {
				in.Events = append(in.Events, Event{
					Source: "notes", Kind: KindNote, Title: "errors began, rolled back", Raw: fmt.Sprint(i), Precision: when.Second,
					Time: start.Add(time.Duration(i) * time.Second), Origins: []Origin{LineOrigin("notes.md", i+1)},
				})
			}
			for b.Loop() {
				Build(in)
			}
		})
	}
}

// BenchmarkAlerts merges many alerts with their pages and copies in a chat.
func BenchmarkAlerts(b *testing.B) {
	for _, n := range []int{1_000, 20_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var in Input
			start := time.Date(2024, 7, 30, 12, 0, 0, 0, time.UTC)
			for i := range n {
				e := Event{
					Source: "am", Kind: KindAlert, Title: fmt.Sprintf("Alert fired: TargetDown: node %d of cluster %d is down", i%300, i%7), Step: "firing",
					Key: fmt.Sprintf("alert-%06d", i), Raw: fmt.Sprintf(`{"labels":{"alertname":"TargetDown","node":"%d"},"n":%d}`, i%300, i), Precision: when.Second,
					Time: start.Add(time.Duration(i) * time.Second / 10), Origins: []Origin{PointerOrigin("am.json", fmt.Sprintf("/alerts/%d", i))},
				}
				e.Claims = []Claim{
					{Milestone: Detected, Time: e.Time, Rung: RungRecorded, By: ByMonitor}, {Milestone: ImpactStart, NotAfter: e.Time, Rung: RungRecorded},
					{Milestone: Mitigated, Time: e.Time, Rung: RungRecorded}, {Milestone: ImpactEnd, Time: e.Time, Rung: RungRecorded},
				}
				switch i % 3 {
				case 1:
					e.Source, e.Origins = "pages", []Origin{PointerOrigin("pages.json", fmt.Sprintf("/log_entries/%d", i))}
				case 2:
					e.Source, e.Kind, e.Flags, e.Origins = "chat", KindChat, []string{FlagBot}, []Origin{PointerOrigin("chat.json", fmt.Sprintf("/%d", i))}
				}
				in.Events = append(in.Events, e)
			}
			b.ReportAllocs()
			for b.Loop() {
				Build(in)
			}
		})
	}
}
