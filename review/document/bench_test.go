package document_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pir/review/document"
)

// madeReview is a review with so many rows of the timeline and sections of prose.
func madeReview(rows, sections int) string {
	r := rand.New(rand.NewPCG(1, 2))
	who := strings.Fields("Mira Omar Lena Bob Kim Ann Dave Ines Yuri Noor")
	did := strings.Split("restarted the relay,drained the edge cache,paged the team of the billing queue,rolled back the login service,checked the audit log,throttled the job scheduler,failed over the replica in Oslo", ",")
	why := strings.Split("because its disk was full,after the deploy of the afternoon,while customers could not log in,since requests timed out,as the error rate rose,after a certificate had expired,while dashboards showed nothing", ",")
	sentence := func() string {
		s := who[r.IntN(len(who))] + " " + did[r.IntN(len(did))] + " by hand and in all zones " + why[r.IntN(len(why))]
		if r.IntN(3) == 0 {
			s += fmt.Sprintf(", %d times in %d minutes", 2+r.IntN(90), 2+r.IntN(50))
		}
		return s + "."
	}
	var b strings.Builder
	b.WriteString("---\nid: B-1\ndate: 2025-03-04\nstage: final\nseverity: major\ncomponents: [relay, queue]\n---\n\n# A made incident (B-1)\n\n")
	for i := range sections {
		if i == sections/2 {
			b.WriteString("## Timeline\n\n| Time (UTC) | What happened |\n|---|---|\n")
			for j := range rows {
				fmt.Fprintf(&b, "| 2025-03-%02d %02d:%02d:%02d | %s |\n", 4+j/1440, j/60%24, j%60, r.IntN(60), sentence())
			}
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "## Part %d: %s\n\n", i+1, did[r.IntN(len(did))])
		for range 2 + r.IntN(4) {
			for range 2 + r.IntN(3) {
				b.WriteString(sentence() + " ")
			}
			b.WriteString("\n\n")
		}
	}
	return b.String()
}

func BenchmarkParse(b *testing.B) {
	for name, page := range map[string]string{
		"review":    madeReview(2000, 1000),
		"times":     "# A page\n\n" + strings.Repeat("At 10:04 UTC it was slow and at 11:05 again, ", 500),
		"sentences": "# A page\n\n" + strings.Repeat("At 10:04 UTC on 4 March 2025 it was slow. ", 500),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := document.Parse("made.md", []byte(page), nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
