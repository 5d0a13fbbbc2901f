package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// story is a made review as data.
type story struct {
	severity, stage string
	components      []string
	milestones      []milestone
	rows            []row
	actions         []action
	sections        []section
}

type milestone struct {
	label string
	name  string
	at    time.Time
}

type row struct {
	at   time.Time
	text string
}

type action struct {
	text, owner string
	due         time.Time
	done        bool
}

type section struct {
	title      string
	paragraphs []string
}

// The words of the stories. Sentences are made of them by pattern.
var (
	who   = strings.Fields("Mira Omar Lena Bob Kim Ann Dave Ines Yuri Noor")
	verbs = strings.Split("restarted,drained,paged,rolled back,scaled up,checked,throttled,patched,isolated,failed over,measured,recorded,reviewed,blocked,rebuilt,tested", ",")
	parts = strings.Split("the relay,the payment gateway,the session store,the edge cache,the search index,the billing queue,the login service,the mail queue,the report worker,the image proxy,the order book,the feature flags,the audit log,the primary database,the replica in Oslo,the load balancer,the certificate store,the job scheduler,the rate limiter,the message broker", ",")
	why   = strings.Split("because its disk was full,after the deploy of the afternoon,while customers could not log in,since requests timed out,as the error rate rose,because connections piled up,after a certificate had expired,while the backlog grew,since the canary had said nothing,as memory ran out,because a lock was held for minutes,after the failover of the zone,while dashboards showed nothing,since a limit had been lowered,as retries doubled the load", ",")
	how   = strings.Split("from the console,by hand,with the runbook,in two steps,in all zones,in one zone first,with help of the vendor,without a review,under load,for the first time,twice in a row,in the dark", ",")
)

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

// sentence makes a sentence; almost all are different.
func sentence(r *rand.Rand) string {
	s := fmt.Sprintf("%s %s %s %s %s", pick(r, who), pick(r, verbs), pick(r, parts), pick(r, how), pick(r, why))
	if r.IntN(3) == 0 {
		s += fmt.Sprintf(", %d times in %d minutes", 2+r.IntN(90), 2+r.IntN(50))
	}
	return s
}

func paragraph(r *rand.Rand) string {
	var out []string
	for range 2 + r.IntN(3) {
		out = append(out, sentence(r)+".")
	}
	return strings.Join(out, " ")
}

// newStory makes a story with so many rows and sections.
func newStory(r *rand.Rand, rows, sections int) *story {
	start := time.Date(2025, 3, 4, 8, 0, 0, 0, time.UTC)
	s := &story{severity: "major", stage: "preliminary", components: []string{"relay", "queue", "edge"}}
	for i, m := range [][2]string{
		{"Impact started", "impact_start"}, {"Detected by a monitor", "detected"}, {"Cause identified", "identified"},
		{"Main impact mitigated", "mitigated"}, {"Fully mitigated", "impact_end"}, {"Resolved", "resolved"},
	} {
		s.milestones = append(s.milestones, milestone{m[0], m[1], start.Add(time.Duration(20+50*i) * time.Minute)})
	}
	at := start
	for range rows {
		at = at.Add(time.Duration(10+r.IntN(170)) * time.Second)
		s.rows = append(s.rows, row{at, sentence(r) + "."})
	}
	for i := range rows / 25 { // alerts that say the same again and again
		s.rows[i*25].text = "Alert fired: queue age above 5 minutes on " + parts[i%3]
	}
	for range 6 + rows/20 {
		s.actions = append(s.actions, action{"Make sure that nobody ever again " + sentence(r), pick(r, who), start.AddDate(0, 1, r.IntN(90)), false})
	}
	for i := range sections {
		sec := section{title: fmt.Sprintf("Part %d: %s %s", i+1, pick(r, parts), pick(r, how))}
		for range 2 + r.IntN(4) {
			sec.paragraphs = append(sec.paragraphs, paragraph(r))
		}
		s.sections = append(s.sections, sec)
	}
	return s
}

// markdown writes the story as a review.
func (s *story) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\nid: B-1\ndate: 2025-03-04\nstage: %s\nseverity: %s\ncomponents: [%s]\n---\n\n# A made incident (B-1)\n\n", s.stage, s.severity, strings.Join(s.components, ", "))
	b.WriteString("## Facts\n\n| Milestone | Time (UTC) |\n|---|---|\n")
	for _, m := range s.milestones {
		fmt.Fprintf(&b, "| %s | %s |\n", m.label, m.at.Format("2006-01-02 15:04:05"))
	}
	b.WriteString("\n")
	for i, sec := range s.sections {
		if i == len(s.sections)/2 {
			s.tables(&b)
		}
		fmt.Fprintf(&b, "## %s\n\n%s\n\n", sec.title, strings.Join(sec.paragraphs, "\n\n"))
	}
	return b.String()
}

func (s *story) tables(b *strings.Builder) {
	b.WriteString("## Timeline\n\n| Time (UTC) | What happened |\n|---|---|\n")
	for _, r := range s.rows {
		fmt.Fprintf(b, "| %s | %s |\n", r.at.Format("2006-01-02 15:04:05"), r.text)
	}
	b.WriteString("\n## Action items\n\n| Action | State | Owner | Due |\n|---|---|---|---|\n")
	for _, a := range s.actions {
		state := "open"
		if a.done {
			state = "done"
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", a.text, state, a.owner, a.due.Format("2006-01-02"))
	}
	b.WriteString("\n")
}
