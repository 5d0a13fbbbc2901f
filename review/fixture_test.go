package review

import (
	"time"

	"pir/internal/when"
	"pir/timeline"
)

// at reads a time of the incident's day, "11:45", or a whole one.
func at(text string) time.Time {
	if len(text) == len("11:45") {
		text = "2025-03-04T" + text + ":00Z"
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

// note makes an event of a hand-written document.
func note(id, source string, line int, clock, title string) timeline.Event {
	e := timeline.Event{
		ID: id, Source: source, Kind: timeline.KindNote, Title: title, Raw: "- " + clock + " " + title,
		Origins: []timeline.Origin{timeline.LineOrigin(source+".md", line)}, Precision: when.Minute,
	}
	if clock != "" {
		e.Time = at(clock)
	}
	return e
}

func post(id string, n int, clock, title, body string) timeline.Event {
	return timeline.Event{
		ID: id, Source: "status", Kind: timeline.KindStatus, Time: at(clock), Precision: when.Second, Title: title, Body: body,
		Origins: []timeline.Origin{timeline.PointerOrigin("status.json", "/incident_updates/"+string(rune('0'+n)))},
		Raw:     `{"body": "…"}`,
	}
}

func topic(t timeline.Topic, said string, e timeline.Event) timeline.Event {
	e.Topic, e.Said, e.Raw = t, at(said), ""
	return e
}

func cite(e timeline.Event) []timeline.Evidence { return []timeline.Evidence{evidenceOf(&e)} }

func mark(name timeline.Milestone, clock string, rung timeline.Rung, evidence []timeline.Evidence) timeline.Boundary {
	b := timeline.Boundary{Name: name, Rung: rung, Precision: when.Minute, Evidence: evidence, Rule: "a time in a note"}
	if clock != "" {
		b.Time = at(clock)
	}
	return b
}

// relay is a made-up incident of a message relay: an attempt that failed, a
// residual window, a time that two sources tell differently, a provider.
func relay() *timeline.Timeline {
	var (
		deploy   = note("e000000000001", "notes", 8, "09:58", "Rolled out relay 7 to all zones.")
		page     = timeline.Event{ID: "e000000000002", Source: "pages", Kind: timeline.KindPage, Time: at("2025-03-04T10:07:12Z"), Precision: when.Second, Title: "Queue age above 5 minutes", Origins: []timeline.Origin{timeline.PointerOrigin("pages.json", "/log_entries/0")}}
		ack      = timeline.Event{ID: "e000000000003", Source: "pages", Kind: timeline.KindAck, Time: at("2025-03-04T10:09:30Z"), Precision: when.Second, Title: "Mira took the page", Origins: []timeline.Origin{timeline.PointerOrigin("pages.json", "/log_entries/1")}}
		restart  = note("e000000000004", "notes", 10, "10:20", "Restarted the brokers. Did not help.")
		rollback = note("e000000000005", "notes", 12, "11:10", "Rolled back to relay 6 in Europe first, then everywhere.")
		better   = note("e000000000006", "later", 5, "11:31", "Most mail moved again at 11:31 UTC.")
		early    = note("e000000000007", "statement", 3, "11:40", "By our first count most mail moved again at 11:40 UTC.")
		first    = post("e000000000008", 0, "10:25", "Investigating", "Mail is late for some customers.")
		second   = post("e000000000009", 1, "12:50", "Monitoring", "Mail flows; a backlog of {{many}} messages | is left.")
		over     = post("e00000000000a", 2, "13:30", "Resolved", "The backlog is gone.")
		provider = timeline.Event{ID: "e00000000000b", Source: "cloud", Kind: timeline.KindStatus, Party: timeline.PartyUpstream, Time: at("10:45"), Precision: when.Minute, Title: "Elevated disk latency", Origins: []timeline.Origin{timeline.LineOrigin("cloud.md", 2)}}
		hostile  = note("e00000000000c", "notes", 14, "11:55", "| <script>alert(1)</script> {{.}} **x** \x1b[31m")
		chat     = timeline.Event{ID: "e00000000000d", Source: "chat", Kind: timeline.KindChat, Time: at("10:30"), Precision: when.Minute, Title: "anyone tried turning it off", Origins: []timeline.Origin{timeline.LineOrigin("chat.txt", 9)}}
		cause1   = topic(timeline.TopicCause, "2025-03-05T00:00:00Z", note("e00000000000e", "statement", 6, "", "A slow disk of our provider."))
		cause2   = topic(timeline.TopicCause, "2025-03-08T00:00:00Z", note("e00000000000f", "later", 9, "", "Relay 7 opened a file for each message; the slow disk only made it show."))
		advice   = topic(timeline.TopicAdvice, "2025-03-08T00:00:00Z", note("e000000000010", "later", 12, "", "Keep a second route for mail that must not wait."))
		lesson   = topic(timeline.TopicLesson, "2025-03-08T00:00:00Z", note("e000000000011", "later", 14, "", "Went well: the rollback took four minutes."))
		question = topic(timeline.TopicQuestion, "2025-03-08T00:00:00Z", note("e000000000012", "later", 15, "", "Why did the canary not fill its disk?"))
		fix      = topic(timeline.TopicAction, "2025-03-08T00:00:00Z", note("e000000000013", "later", 17, "", "Cap open files for each worker"))
		hurt     = topic(timeline.TopicImpact, "2025-03-05T00:00:00Z", note("e000000000014", "statement", 8, "", "About one letter in three was late by more than an hour."))
	)
	t := &timeline.Timeline{
		Incident: timeline.Incident{ID: "MR-7", Title: "Mail was late after relay 7", Severity: timeline.SeverityMajor, Components: []string{"relay"}, Tags: []string{"mail", "yes"}},
		From:     at("09:58"), To: at("13:30"),
		Events: []timeline.Event{deploy, page, ack, restart, first, chat, provider, rollback, better, early, hostile, second, over, cause1, cause2, advice, lesson, question, fix, hurt},
	}
	logs := []timeline.Evidence{{ID: "b000000000001", Origin: "relay.log:120", Quote: "ERROR too many open files"}}
	logsEnd := []timeline.Evidence{{ID: "b000000000002", Origin: "relay.log:9410", Quote: "ERROR too many open files"}}
	failed := mark(timeline.MitigationStart, "10:20", timeline.RungStated, cite(restart))
	failed.Outcome = timeline.OutcomeFailed
	worked := mark(timeline.MitigationStart, "11:10", timeline.RungStated, cite(rollback))
	worked.Outcome, worked.Scope = timeline.OutcomeWorked, timeline.Scope{Regions: []string{"Europe"}}
	start := mark(timeline.ImpactStart, "10:03", timeline.RungMeasured, logs)
	start.Episode, start.Rule = 1, "errors per minute rose from 0.2 to 41"
	detected := mark(timeline.Detected, "2025-03-04T10:07:12Z", timeline.RungRecorded, cite(page))
	detected.By, detected.Precision = timeline.ByMonitor, when.Second
	ackd := mark(timeline.Acknowledged, "2025-03-04T10:09:30Z", timeline.RungRecorded, cite(ack))
	ackd.Precision = when.Second
	identified := mark(timeline.Identified, "", timeline.RungPosted, cite(second))
	identified.NotAfter = at("12:50")
	mitigated := mark(timeline.Mitigated, "11:31", timeline.RungStated, cite(better))
	mitigated.Episode, mitigated.Conflict = 1, true
	mitigated.Alternatives = []timeline.Alternative{{Time: at("11:40"), Precision: when.Minute, Rung: timeline.RungStated, Evidence: cite(early)}}
	end := mark(timeline.ImpactEnd, "13:02", timeline.RungMeasured, logsEnd)
	end.Episode, end.Rule = 1, "errors per minute fell from 3 to 0.2"
	trigger := mark(timeline.Trigger, "09:58", timeline.RungStated, cite(deploy))
	resolved := mark(timeline.Resolved, "13:30", timeline.RungRecorded, cite(over))
	update := mark(timeline.FirstUpdate, "10:25", timeline.RungRecorded, cite(first))
	t.Milestones = []timeline.Boundary{
		trigger, {Name: timeline.Cause}, start, detected, ackd, {Name: timeline.Declared}, {Name: timeline.Engaged}, update,
		identified, failed, worked, {Name: timeline.PartialMitigation}, mitigated, end, resolved, {Name: timeline.Closed},
	}
	t.Episodes = []timeline.Episode{
		{N: 1, Component: "relay", Start: at("10:03"), End: at("11:31"), Level: timeline.LevelMain},
		{N: 1, Component: "relay", Start: at("11:31"), End: at("13:02"), Level: timeline.LevelResidual},
	}
	t.Phases = []timeline.Phase{
		{Name: "latent"},
		{Name: "undetected", Start: at("10:03"), End: at("2025-03-04T10:07:12Z"), Known: true},
		{Name: "triage", Start: at("2025-03-04T10:07:12Z"), End: at("2025-03-04T10:09:30Z"), Known: true},
		{Name: "mitigation", Start: at("2025-03-04T10:09:30Z"), End: at("11:31"), Known: true, Includes: []string{"diagnosis"}},
		{Name: "recovery", Start: at("11:31"), End: at("13:02"), Known: true},
		{Name: "diagnosis"}, {Name: "review"},
	}
	t.Metrics = []timeline.Metric{
		{Name: "time_to_detect", Value: 252, Unit: "seconds", Known: true, From: timeline.ImpactStart, To: timeline.Detected},
		{Name: "time_to_identify", Unit: "seconds", AtMost: 9768, From: timeline.Detected, To: timeline.Identified},
		{Name: "time_to_recover", Value: 10740, Unit: "seconds", Known: true, From: timeline.ImpactStart, To: timeline.ImpactEnd},
		{Name: "impact_duration", Value: 10740, Unit: "seconds", Known: true, Detail: []timeline.MetricPart{{Name: "main", Value: 5280}, {Name: "residual", Value: 5460}}},
		{Name: "updates", Value: 3, Unit: "count", Known: true},
	}
	t.Bursts = []timeline.Burst{{
		ID: "b000000000001", Source: "relaylog", Component: "relay", Level: "error", Start: at("10:03"), End: at("11:31"), BaselineRate: 0.2, RateBefore: 0.2, Rate: 41, PeakRate: 63.25,
		Failed: 3608, Total: 10412, First: logs[0], Last: timeline.Evidence{ID: "b000000000001", Origin: "relay.log:8800", Quote: "ERROR too many open files"},
	}}
	t.Sources = []timeline.Source{
		{Name: "notes", Path: "notes.md", Status: timeline.StatusRead, Records: 7, ZoneFrom: when.ZoneDocument, SHA256: "0123456789abcdef0123", Provenance: "typed during the incident"},
		{Name: "relaylog", Path: "relay.log", Status: timeline.StatusPartly, Records: 10431, Malformed: 2, ZoneFrom: when.ZoneRecord, Detail: "2 lines are no records"},
		{Name: "cloud", Path: "cloud.md", Status: timeline.StatusRead, Party: timeline.PartyUpstream, Records: 1},
	}
	t.Actions = []timeline.Action{
		{ID: "A1", Text: "Page when a disk fills | fast", Type: "detect", Owner: "Mira", Due: "2025-04-01", State: "open", Link: "https://tracker.example/MR-71", Evidence: []timeline.Evidence{{Origin: "pir.yaml:31", Quote: "Page when a disk fills | fast"}}},
		{Text: "Cap open files for each worker", Evidence: cite(fix)},
	}
	t.Figures = []timeline.Figure{{Measure: "letters late by an hour", Value: "41,200", Scope: "Europe", Source: "billing", Evidence: []timeline.Evidence{{Origin: "pir.yaml:24", Quote: "letters late by an hour"}}}}
	t.Dropped = []timeline.Dropped{{ID: "e00000000009f", Title: "test page", Reason: "drill of the day before", Origin: "pir.yaml:19"}}
	t.Warnings = []timeline.Warning{
		{Code: timeline.WarnRecordMalformed, Message: "relay.log:7: no time", Evidence: []timeline.Evidence{{Origin: "relay.log:7", Quote: "???"}}},
		{Code: timeline.WarnConflict, Message: "impact_duration: statement.md:9 says nearly five hours; the endpoints give 2 h 59 min", Evidence: []timeline.Evidence{{ID: hurt.ID, Origin: "statement.md:9", Quote: "nearly five hours"}}},
		{Code: timeline.WarnOrderUnusual, Message: "mitigated 1 h 19 min before identified: it was mitigated before it was understood", Evidence: cite(better)},
	}
	return t
}

func relayOptions() Options {
	return Options{Stage: "preliminary", Owner: "mail team", Banner: "Worked example; the people and the numbers are made up.", Version: "test"}
}
