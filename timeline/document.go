package timeline

// The structs of the JSON output, in the order of its keys. A pointer is a
// value that may be unknown: null. The doc tags are the descriptions of the
// JSON Schema, the enum tags name its lists of values.

type docTimeline struct {
	Schema     string         `json:"schema" doc:"version of this form" enum:"schema"`
	Incident   docIncident    `json:"incident"`
	Span       docSpan        `json:"span" doc:"given in pir.yaml, else found from the evidence"`
	Milestones []docMilestone `json:"milestones" doc:"every name at least once, in the order of the names, then episode"`
	Phases     []docPhase     `json:"phases" doc:"in the order of an incident's life"`
	Episodes   []docEpisode   `json:"episodes" doc:"intervals in which users were hurt"`
	Metrics    []docMetric    `json:"metrics"`
	Events     []docEvent     `json:"events" doc:"by instant; rows without a time last"`
	Signals    []docSignal    `json:"signals" doc:"log patterns whose rate changed"`
	Series     []docSeries    `json:"series" doc:"log records per step"`
	Bursts     []docBurst     `json:"bursts" doc:"stretches of log time with a level rate above the baseline"`
	Sources    []docSource    `json:"sources" doc:"what became of each input"`
	Warnings   []docWarning   `json:"warnings"`
	Actions    []docAction    `json:"actions"`
	Figures    []docFigure    `json:"figures" doc:"impact that logs cannot count"`
	Dropped    []docDropped   `json:"dropped" doc:"rows that pir.yaml took out"`
	Left       []docLeft      `json:"left_alone" doc:"files beside the sources that are none"`
}

type docIncident struct {
	ID         *string  `json:"id"`
	Title      *string  `json:"title"`
	Severity   *string  `json:"severity" enum:"severity"`
	Components []string `json:"components"`
	Tags       []string `json:"tags"`
	From       *string  `json:"from" format:"date-time" doc:"given start of the span"`
	To         *string  `json:"to" format:"date-time" doc:"given end of the span"`
	Display    *string  `json:"display_timezone" doc:"zone of a second time column"`
}

type docSpan struct {
	From *string `json:"from" format:"date-time"`
	To   *string `json:"to" format:"date-time"`
}

type docMilestone struct {
	Name         string           `json:"name" enum:"milestone"`
	Episode      int              `json:"episode" doc:"from 1; 0 where the milestone belongs to no episode"`
	Time         *string          `json:"time" format:"date-time" doc:"null is not known"`
	NotBefore    *string          `json:"not_before" format:"date-time"`
	NotAfter     *string          `json:"not_after" format:"date-time"`
	Precision    *string          `json:"precision" enum:"precision"`
	By           *string          `json:"by" enum:"by" doc:"who noticed, for detected"`
	Scope        docScope         `json:"scope"`
	Outcome      *string          `json:"outcome" enum:"outcome" doc:"of an attempt to mitigate"`
	Rung         *string          `json:"rung" enum:"rung"`
	Rule         *string          `json:"rule" doc:"what read it"`
	Evidence     []docEvidence    `json:"evidence"`
	Alternatives []docAlternative `json:"alternatives" doc:"candidates that were not chosen"`
	Conflict     bool             `json:"conflict" doc:"an alternative is further away than the precision"`
	End          *string          `json:"end" format:"date-time" doc:"of a trigger or cause with a duration"`
}

type docScope struct {
	Components []string `json:"components"`
	Regions    []string `json:"regions"`
}

type docEvidence struct {
	ID     *string `json:"id" doc:"event, signal or burst; null for pir.yaml"`
	Origin string  `json:"origin" doc:"path:line, path@byte or path#/json/pointer"`
	Quote  string  `json:"quote"`
}

type docAlternative struct {
	Time      *string       `json:"time" format:"date-time"`
	NotBefore *string       `json:"not_before" format:"date-time"`
	NotAfter  *string       `json:"not_after" format:"date-time"`
	Precision *string       `json:"precision" enum:"precision"`
	Rung      *string       `json:"rung" enum:"rung"`
	Rule      *string       `json:"rule"`
	Evidence  []docEvidence `json:"evidence"`
	Conflict  bool          `json:"conflict" doc:"it disagrees with the chosen one by more than both are precise"`
}

type docPhase struct {
	Name     string   `json:"name" enum:"phase"`
	Start    *string  `json:"start" format:"date-time"`
	End      *string  `json:"end" format:"date-time"`
	Seconds  *float64 `json:"seconds"`
	Includes []string `json:"includes" doc:"neighbours that merged into it because a bound is not known"`
	Known    bool     `json:"known"`
}

type docEpisode struct {
	N         int           `json:"n" doc:"from 1"`
	Component *string       `json:"component" doc:"null is the whole incident"`
	Region    *string       `json:"region"`
	Start     *string       `json:"start" format:"date-time"`
	End       *string       `json:"end" format:"date-time" doc:"null is not known"`
	Level     string        `json:"level" enum:"level"`
	Evidence  []docEvidence `json:"evidence"`
}

type docMetric struct {
	Name    string    `json:"name"`
	Seconds *float64  `json:"seconds" doc:"of a duration; negative when its endpoints are in unusual order"`
	Value   *float64  `json:"value" doc:"of a count"`
	Known   bool      `json:"known"`
	From    *string   `json:"from" doc:"milestone"`
	To      *string   `json:"to" doc:"milestone"`
	AtMost  *float64  `json:"at_most" doc:"upper bound where only that is known"`
	AtLeast *float64  `json:"at_least" doc:"lower bound where only that is known"`
	Unit    string    `json:"unit" doc:"seconds or count"`
	Detail  []docPart `json:"detail" doc:"parts, such as the main part of impact_duration"`
}

type docPart struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
}

type docEvent struct {
	ID         string    `json:"id"`
	Time       *string   `json:"time" format:"date-time" doc:"when it happened"`
	End        *string   `json:"end" format:"date-time" doc:"of a span"`
	TimeText   *string   `json:"time_text" doc:"as the source writes it"`
	Precision  *string   `json:"precision" enum:"precision"`
	Observed   *string   `json:"observed" format:"date-time" doc:"when it was recorded, where that differs"`
	ZoneFrom   *string   `json:"zone_from" enum:"zone_from" doc:"what gave the time its zone"`
	Source     string    `json:"source"`
	Origins    []string  `json:"origins" doc:"path:line, path@byte or path#/json/pointer"`
	Kind       *string   `json:"kind" enum:"kind"`
	Milestone  *string   `json:"milestone" doc:"the first milestone that this is the evidence of"`
	Severity   *string   `json:"severity" enum:"severity"`
	Components []string  `json:"components"`
	Regions    []string  `json:"regions"`
	Actor      *string   `json:"actor"`
	Title      string    `json:"title"`
	Body       *string   `json:"body"`
	URL        *string   `json:"url"`
	Group      *string   `json:"group" doc:"incident, thread or alert that it belongs to"`
	Count      int       `json:"count" doc:"how many records it stands for"`
	Party      string    `json:"party" enum:"party"`
	Flags      []string  `json:"flags"`
	Topic      *string   `json:"topic" enum:"topic" doc:"what a row that is no act is about"`
	Doubt      *string   `json:"doubt" doc:"why the zone or the date is doubtful"`
	Times      int       `json:"times" doc:"how often the act happened"`
	Merged     []string  `json:"merged" doc:"ids of the records that became this row beside its own"`
	Related    []string  `json:"related" doc:"ids of other rows that tell of the same act"`
	Basis      *docBasis `json:"basis" doc:"what its milestones are read with, beside its words"`
}

type docSignal struct {
	ID        string   `json:"id"`
	Source    string   `json:"source"`
	Component *string  `json:"component"`
	Pattern   string   `json:"pattern"`
	Level     *string  `json:"level"`
	Change    *string  `json:"change" doc:"new, surging, fading, vanished or steady; silent: a steady log without a record from first to last"`
	Count     int64    `json:"count"`
	BaseRate  float64  `json:"baseline_rate" doc:"per minute"`
	Rate      float64  `json:"rate" doc:"per minute"`
	Ratio     *float64 `json:"ratio" doc:"null without a baseline"`
	First     *string  `json:"first" format:"date-time"`
	Peak      *string  `json:"peak" format:"date-time"`
	Last      *string  `json:"last" format:"date-time"`
	Sample    *string  `json:"sample"`
	Origin    *string  `json:"origin"`
	Baseline  int64    `json:"baseline" doc:"count in the baseline"`
	About     bool     `json:"about" doc:"count and baseline are estimates: the log spans too much to count each minute"`
}

type docSeries struct {
	Source    string  `json:"source"`
	Component *string `json:"component"`
	Level     *string `json:"level"`
	Start     *string `json:"start" format:"date-time"`
	Step      float64 `json:"step_seconds"`
	Counts    []int64 `json:"counts"`
}

type docBurst struct {
	ID             string       `json:"id"`
	Source         string       `json:"source"`
	Component      *string      `json:"component"`
	Level          *string      `json:"level"`
	Start          *string      `json:"start" format:"date-time"`
	StartNotBefore *string      `json:"start_not_before" format:"date-time"`
	StartNotAfter  *string      `json:"start_not_after" format:"date-time"`
	End            *string      `json:"end" format:"date-time" doc:"null: still going where the log ends"`
	EndNotBefore   *string      `json:"end_not_before" format:"date-time" doc:"without an end, where the log ends"`
	EndNotAfter    *string      `json:"end_not_after" format:"date-time"`
	RateBefore     *float64     `json:"rate_before" doc:"per minute, in the stretch in front of start; null: the log begins inside, and start is when it is first seen"`
	Rate           float64      `json:"rate" doc:"per minute: failed over the time from start to end"`
	RateAfter      *float64     `json:"rate_after" doc:"per minute, in the stretch behind end; null while still going"`
	Ratio          *float64     `json:"ratio" doc:"rate over baseline_rate; null without a baseline"`
	Rule           *string      `json:"rule"`
	Baseline       float64      `json:"baseline_rate" doc:"per minute"`
	Failed         int64        `json:"failed" doc:"records of the level inside"`
	Total          int64        `json:"total" doc:"all records where each is one request, else 0"`
	Peak           *string      `json:"peak" format:"date-time" doc:"start of the worst step"`
	PeakRate       float64      `json:"peak_rate" doc:"per minute"`
	First          *docEvidence `json:"first_record"`
	Last           *docEvidence `json:"last_record"`
	EndRule        *string      `json:"end_rule" doc:"how the rate changes at the end; null while still going"`
}

type docSource struct {
	Name         string  `json:"name"`
	Path         string  `json:"path"`
	Format       *string `json:"format"`
	Status       string  `json:"status" doc:"read, partly, empty, missing, unrecognised or failed"`
	Party        string  `json:"party" enum:"party"`
	SHA256       *string `json:"sha256"`
	BytesTotal   int64   `json:"bytes_total"`
	BytesRead    int64   `json:"bytes_read"`
	Records      int64   `json:"records" doc:"in_window + outside + continuation + undated + malformed"`
	InWindow     int64   `json:"in_window"`
	Outside      int64   `json:"outside"`
	Continuation int64   `json:"continuation"`
	Undated      int64   `json:"undated"`
	Malformed    int64   `json:"malformed"`
	OutOfOrder   int64   `json:"out_of_order"`
	First        *string `json:"first" format:"date-time"`
	Last         *string `json:"last" format:"date-time"`
	Skew         float64 `json:"skew" doc:"seconds that were added to its times"`
	ZoneFrom     *string `json:"zone_from"`
	Provenance   *string `json:"provenance"`
	Component    *string `json:"component"`
	YearFrom     *string `json:"year_from"`
	Detail       *string `json:"detail"`
}

type docWarning struct {
	Code     string        `json:"code" enum:"warning"`
	Message  string        `json:"message"`
	Evidence []docEvidence `json:"evidence"`
}

type docAction struct {
	ID       *string       `json:"id"`
	Text     string        `json:"text"`
	Type     *string       `json:"type"`
	Owner    *string       `json:"owner"`
	Due      *string       `json:"due"`
	State    *string       `json:"state"`
	Link     *string       `json:"link"`
	Evidence []docEvidence `json:"evidence"`
}

type docFigure struct {
	Measure  string        `json:"measure"`
	Value    string        `json:"value"`
	Scope    *string       `json:"scope"`
	Source   *string       `json:"source"`
	Evidence []docEvidence `json:"evidence"`
}

type docLeft struct {
	Path string `json:"path"`
	Why  string `json:"why"`
}

type docDropped struct {
	ID     string  `json:"id"`
	Title  string  `json:"title"`
	Reason *string `json:"reason"`
	Origin *string `json:"origin" doc:"of the first record"`

	Records int `json:"records" doc:"how many records the row stood for"`
}
