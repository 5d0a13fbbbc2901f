package diff

// Type is what kind of change it is.
type Type string

// The types of changes to facts.
const (
	StageChanged      Type = "stage_changed"
	StatusChanged     Type = "status_changed"
	SeverityChanged   Type = "severity_changed"
	TitleChanged      Type = "title_changed"
	WindowSplit       Type = "window_split"
	WindowMerged      Type = "window_merged"
	WindowChanged     Type = "window_changed"
	WindowAdded       Type = "window_added"
	WindowRemoved     Type = "window_removed"
	MilestoneMoved    Type = "milestone_moved"
	MilestoneAdded    Type = "milestone_added"
	MilestoneRemoved  Type = "milestone_removed"
	MilestoneChanged  Type = "milestone_changed"
	MetricChanged     Type = "metric_changed"
	MetricAdded       Type = "metric_added"
	MetricRemoved     Type = "metric_removed"
	ComponentsChanged Type = "components_changed"
	PhaseAdded        Type = "phase_added"
	PhaseRemoved      Type = "phase_removed"
	PhaseChanged      Type = "phase_changed"
	FigureAdded       Type = "figure_added"
	FigureRemoved     Type = "figure_removed"
	FigureChanged     Type = "figure_changed"
	ActionAdded       Type = "action_added"
	ActionRemoved     Type = "action_removed"
	ActionDone        Type = "action_done"
	ActionReopened    Type = "action_reopened"
	ActionSlipped     Type = "action_slipped"
	ActionAdvanced    Type = "action_advanced"
	ActionReassigned  Type = "action_reassigned"
	ActionReworded    Type = "action_reworded"
	ActionChanged     Type = "action_changed"
	RowAdded          Type = "row_added"
	RowRemoved        Type = "row_removed"
	RowRetimed        Type = "row_retimed"
	RowReworded       Type = "row_reworded"
	EvidenceLost      Type = "evidence_lost"
	EvidenceGained    Type = "evidence_gained"
	NoticeGone        Type = "notice_gone"
	NoticeAdded       Type = "notice_added"
	NoticeChanged     Type = "notice_changed"
	QuestionAnswered  Type = "question_answered"
	QuestionAsked     Type = "question_asked"
	QuestionReworded  Type = "question_reworded"
)

// The types of changes to prose.
const (
	SectionAdded   Type = "section_added"
	SectionRemoved Type = "section_removed"
	SectionRenamed Type = "section_renamed"
	SectionMoved   Type = "section_moved"
	ProseAdded     Type = "prose_added"
	ProseRemoved   Type = "prose_removed"
	ProseMoved     Type = "prose_moved"
	ProseChanged   Type = "prose_changed"
	KeyAdded       Type = "key_added"
	KeyRemoved     Type = "key_removed"
	KeyChanged     Type = "key_changed"
)

// The groups of types.
const (
	Facts = "facts"
	Prose = "prose"
)

// Kind is a row of the table of types.
type Kind struct {
	Type   Type
	Mirror Type   // what it is when the reviews are swapped
	Group  string // Facts or Prose
	Noun   string // for counting: "timeline row"
	Verb   string // of a line that tells it: "moved"
	Doc    string // in one line
}

// kinds is the table of all types, in the order in which changes are told.
var kinds = []Kind{
	{StageChanged, StageChanged, Facts, "stage", "changed", "the review is at another stage"},
	{StatusChanged, StatusChanged, Facts, "status", "changed", "draft, in review, approved or published"},
	{SeverityChanged, SeverityChanged, Facts, "severity", "changed", "the severity is another"},
	{TitleChanged, TitleChanged, Facts, "title", "changed", "the title in the front matter is another"},
	{WindowSplit, WindowMerged, Facts, "impact window", "split", "one window of impact became several"},
	{WindowMerged, WindowSplit, Facts, "impact window", "merged", "several windows of impact became one"},
	{WindowChanged, WindowChanged, Facts, "impact window", "changed", "a window of impact is wider, narrower, moved, or of another level"},
	{WindowAdded, WindowRemoved, Facts, "impact window", "added", "a window of impact that was not told before"},
	{WindowRemoved, WindowAdded, Facts, "impact window", "removed", "a window of impact is told no more"},
	{MilestoneMoved, MilestoneMoved, Facts, "milestone", "moved", "a milestone has another time"},
	{MilestoneAdded, MilestoneRemoved, Facts, "milestone", "added", "a milestone that was not known before"},
	{MilestoneRemoved, MilestoneAdded, Facts, "milestone", "removed", "a milestone is known no more"},
	{MilestoneChanged, MilestoneChanged, Facts, "milestone", "changed", "a milestone has another outcome or scope, or was reached by somebody else"},
	{MetricChanged, MetricChanged, Facts, "metric", "changed", "a reckoned figure is another; with the milestones that explain it"},
	{MetricAdded, MetricRemoved, Facts, "metric", "added", "a figure can be reckoned now"},
	{MetricRemoved, MetricAdded, Facts, "metric", "removed", "a figure cannot be reckoned any more"},
	{ComponentsChanged, ComponentsChanged, Facts, "list of components", "changed", "the components that were hit are more, fewer or others"},
	{PhaseAdded, PhaseRemoved, Facts, "phase", "added", "a phase that was not told before"},
	{PhaseRemoved, PhaseAdded, Facts, "phase", "removed", "a phase is told no more"},
	{PhaseChanged, PhaseChanged, Facts, "phase", "changed", "a phase begins or ends at another time"},
	{FigureAdded, FigureRemoved, Facts, "figure", "added", "a count of impact was added"},
	{FigureRemoved, FigureAdded, Facts, "figure", "removed", "a count of impact is gone"},
	{FigureChanged, FigureChanged, Facts, "figure", "changed", "a count of impact is another"},
	{ActionAdded, ActionRemoved, Facts, "action", "added", "an action item was added"},
	{ActionRemoved, ActionAdded, Facts, "action", "dropped", "an action item is gone"},
	{ActionDone, ActionReopened, Facts, "action", "done", "an action item was done"},
	{ActionReopened, ActionDone, Facts, "action", "reopened", "an action item that was done is open again"},
	{ActionSlipped, ActionAdvanced, Facts, "action", "slipped", "an action item is due later, or without a date now"},
	{ActionAdvanced, ActionSlipped, Facts, "action", "brought forward", "an action item is due earlier, or has a date now"},
	{ActionReassigned, ActionReassigned, Facts, "action", "reassigned", "an action item has another owner"},
	{ActionReworded, ActionReworded, Facts, "action", "reworded", "an action item says it in other words"},
	{ActionChanged, ActionChanged, Facts, "action", "changed", "an action item has another type, state or link"},
	{RowAdded, RowRemoved, Facts, "timeline row", "added", "a row of the timeline was added"},
	{RowRemoved, RowAdded, Facts, "timeline row", "removed", "a row of the timeline is gone"},
	{RowRetimed, RowRetimed, Facts, "timeline row", "retimed", "a row of the timeline has another time"},
	{RowReworded, RowReworded, Facts, "timeline row", "reworded", "a row of the timeline says it in other words"},
	{EvidenceLost, EvidenceGained, Facts, "claim", "lost its evidence", "a sentence, row or milestone cites nothing any more"},
	{EvidenceGained, EvidenceLost, Facts, "claim", "gained evidence", "a sentence, row or milestone that cited nothing cites evidence"},
	{NoticeGone, NoticeAdded, Facts, "notice", "gone", "a notice that says what kind of page it is has gone"},
	{NoticeAdded, NoticeGone, Facts, "notice", "added", "a notice that says what kind of page it is"},
	{NoticeChanged, NoticeChanged, Facts, "notice", "changed", "a notice says something else"},
	{QuestionAnswered, QuestionAsked, Facts, "question", "answered", "an open question is open no more"},
	{QuestionAsked, QuestionAnswered, Facts, "question", "asked", "a new open question"},
	{QuestionReworded, QuestionReworded, Facts, "question", "reworded", "an open question is asked in other words"},

	{SectionAdded, SectionRemoved, Prose, "section", "added", "a section was added"},
	{SectionRemoved, SectionAdded, Prose, "section", "removed", "a section is gone"},
	{SectionRenamed, SectionRenamed, Prose, "section", "renamed", "a section has another heading"},
	{SectionMoved, SectionMoved, Prose, "section", "moved", "a section stands elsewhere"},
	{ProseAdded, ProseRemoved, Prose, "paragraph", "added", "a paragraph, list item, table row or code block was added"},
	{ProseRemoved, ProseAdded, Prose, "paragraph", "removed", "a paragraph, list item, table row or code block is gone"},
	{ProseMoved, ProseMoved, Prose, "paragraph", "moved", "a paragraph stands elsewhere"},
	{ProseChanged, ProseChanged, Prose, "paragraph", "reworded", "a paragraph says it in other words"},
	{KeyAdded, KeyRemoved, Prose, "key of the front matter", "added", "a key of the front matter was added"},
	{KeyRemoved, KeyAdded, Prose, "key of the front matter", "removed", "a key of the front matter is gone"},
	{KeyChanged, KeyChanged, Prose, "key of the front matter", "changed", "a key of the front matter has another value"},
}

// Kinds gives the table of all types, in the order in which changes are told.
func Kinds() []Kind { return append([]Kind(nil), kinds...) }

// ranks are the places of the types in the table.
var ranks = func() map[Type]int {
	out := map[Type]int{}
	for i, k := range kinds {
		out[k.Type] = i
	}
	return out
}()

// rank is the place of a type in the table; behind all for one that is not in it.
func rank(t Type) int {
	if i, found := ranks[t]; found {
		return i
	}
	return len(kinds)
}

// Kind gives the row of the table.
func (t Type) Kind() Kind {
	if i := rank(t); i < len(kinds) {
		return kinds[i]
	}
	return Kind{Type: t, Mirror: t, Group: Facts, Noun: "fact", Verb: "changed"}
}
