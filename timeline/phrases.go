package timeline

// phrase is one row of the table of what people write: the words, and the
// milestone that they tell of.
type phrase struct {
	milestone Milestone
	public    Milestone // what it means in a public text that states its time; empty is the same
	posted    bool      // a post without a time reports it: it was so no later
	by        string    // who noticed
	act       string    // which act of mitigation
	during    bool      // it is one only after the incident was detected
	jotted    bool      // said so only in notes and chat, in passing
	bound     bool      // in a row it was so already: no later than the row
	hurt      bool      // who notices it is hurt: impact began no later than the row
	again     bool      // it had been well in between: another episode
	dated     bool      // only with a time of its own
	paired    bool      // only where the sentence told of its start before
	patterns  []string
}

// phrases is the table, in the order of the milestones. Of two that overlap
// the one with more fixed words holds, so "fully mitigated" is not "mitigated".
func phrases() []phrase {
	return append(jottings(), []phrase{
		{milestone: Trigger, patterns: []string{
			"attack|attacks|ddos|flood _ began|begins|started|starts|hit|hits",
			"triggered by", "set off by", "incident|outage|problem _ triggered", "trigger was|is|at",
		}},
		{milestone: ImpactStart, posted: true, patterns: []string{
			"impact|outage|incident|disruption|degradation|problem*|issue|issues|errors|failures|timeouts|trouble|downtime _ began|begins|begin|start|starts|started|starting|commenced",
			"first errors|error|failures|failure|impact|timeouts|timeout",
			"began|started|begin|start|starts|begins to fail|error", "began|started|starts|start throwing|returning _ error*|failure*|5xx|500",
			"began|started|start|starts failing|erroring|timing",
			"began|started|start|starts seeing|experiencing|receiving|getting _ error*|failure*|timeout*|issue*|problem*",
			"went|goes|go down|offline|dark",
			"it|this|that|everything began|started",
			"stopped|stops responding|working|serving|answering",
			"became|becomes|become unavailable|unreachable|unresponsive|inaccessible",
			"drops|dropped to zero",
		}},
		{milestone: Detected, patterns: []string{
			"detect*", "first detected", "noticed|notices|spotted|spots", "became|become|becomes|made aware",
		}},
		{milestone: Detected, by: ByMonitor, patterns: []string{
			"alert*|alarm*|monitor*|probe*|pager|check|checks _ fired|fires|firing|triggered|triggers|alerted|alerts|alarmed|went|goes|flagged|tripped|failed|fails|rang|rings",
			"detected by _ alert*|alarm*|monitor*|probe*|check*",
			"monitor*|alert*|alarm*|probe*|synthetic* _ detect*|caught|noticed",
			"alerted by|via", "team|we|i|engineer*|responder* was|were|got paged", "team|engineer|engineers _ alerted", "^page", "paged _ on call|oncall|engineer*", "on call|oncall _ paged",
		}},
		{milestone: Detected, by: ByCustomer, patterns: []string{
			"customer*|user*|merchant*|client|clients|tenant* _ report|reports|reported|reporting|complain*|noticed|raised",
			"report|reports|complaint*|ticket* from _ customer*|user*|merchant*|client|clients",
			"first report|reports|complaint*|ticket*",
			"reported|detected|noticed by _ customer*|user*",
			"support ticket|tickets",
		}},
		{milestone: Detected, by: ByStaff, patterns: []string{
			"engineer*|developer*|colleague* _ noticed|notices|spotted|spots|saw",
			"detected|noticed|spotted by _ engineer*|staff|team|us",
		}},
		{milestone: Acknowledged, patterns: []string{
			"acknowledg*", "acked|ack'd", "^ack", "picked|picks up _ page|alert", "took|takes _ page|alert",
		}},
		{milestone: Declared, patterns: []string{
			"declar* __ incident|sev*|outage|emergency|p1|p2",
			"incident|sev1|sev2|emergency _ declared|opened|raised|called",
			"opened|opens|raised|raises|created|creates|opening _ incident",
		}},
		{milestone: Engaged, patterns: []string{
			"engaged", "joined|joins", "join|joining|joined|joins _ call|bridge|war|incident|channel|huddle|effort|response|us",
			"pulled|brought|called|looped|paged in", "team*|engineer*|responder* _ engaged|joined|assembled|mobilised|mobilized",
			"bridge|call|huddle|room _ opened|started|begins|began",
		}},
		{milestone: FirstUpdate, patterns: []string{
			"first|initial _ update|post|notice|notification|communication", "posted|published|updated _ status page",
			"status page _ updated|posted|published", "customers|users _ notified|informed", "notified|informed _ customers|users",
		}},
		{milestone: Identified, posted: true, patterns: []string{
			"identified|identifies", "root cause _ found|identified|confirmed|known|located|understood|established",
			"cause|culprit|reason _ found|identified|confirmed|located|isolated|known|clear",
			"found|finds|located|understood|confirmed _ cause|culprit|reason|bug", "traced|traces __ to", "narrowed|narrows _ to",
			"pinpointed|pinpoints", "isolated _ cause|to",
		}},
		{milestone: MitigationStart, act: "rollback", posted: true, patterns: []string{
			"rolled|rolling|roll|rolls _ back", "rollback* _ started|starts|begins|began|initiated|triggered|done|deployed|complete*|finished|running",
			"^rollback*", "revert*", "^rolled|rolling|roll _ back",
			"started|starting|starts|began|begins|begun|initiated|triggered|performed|executed _ rollback*", "kicked off _ rollback*", "start|beginning of _ rollback*",
		}},
		{milestone: MitigationStart, act: "failover", posted: true, patterns: []string{
			"failed|failing|fails over", "failover* _ started|starts|initiated|begins|began|begun|performed|done|executed|triggered|complete*",
			"^failover*", "performed|executed|started|initiated|triggered _ failover*", "began|started|starts failing over",
		}},
		{milestone: MitigationStart, act: "restart", posted: true, patterns: []string{
			"restarted|restarting|restart|rebooted|rebooting|reboot|recycled", "bounced _ pod*|service*|server*",
		}},
		{milestone: MitigationStart, act: "reroute", posted: true, patterns: []string{
			"rerouted|rerouting|reroute*|redirected|redirecting", "re routed|routing",
			"shifted|shifting|moved|moving|drained|draining|steered|diverted|diverting _ traffic|region*|cluster*|node*|users",
			"traffic _ shifted|moved|drained|rerouted|redirected|diverted", "route|routes _ withdrawn",
		}},
		{milestone: MitigationStart, act: "disable", posted: true, patterns: []string{
			"disabled|disabling|deactivated", "turned|switched|turning|switching _ off", "took|taken _ out of rotation|service",
		}},
		{milestone: MitigationStart, act: "limit", posted: true, patterns: []string{
			"rate limited|limiting", "throttled|throttling", "blocked|blocking _ traffic|ip*|client*|requests|source*",
		}},
		{milestone: MitigationStart, act: "scale", posted: true, patterns: []string{"scaled|scaling _ up|out", "added|adding _ capacity"}},
		{milestone: MitigationStart, act: "fix", posted: true, patterns: []string{
			"applied|applying|applies|deployed|deploying|deploys|shipped|pushed|released|rolled|rolling|implemented _ fix|hotfix|patch|workaround|mitigation|mitigations",
			"fix|hotfix|patch|workaround _ implemented|deployed|applied|rolled|shipped|released|live|out|pushed|merged",
			"redeployed|redeploys|redeploying", "re deployed|deploys|deploying",
		}},
		{milestone: MitigationStart, act: "config", posted: true, patterns: []string{
			"changed|adjusted|corrected|changing|adjusting|updated|fixed _ configuration|config|routing|routes|settings",
			"configuration|config|routing change|changes _ made|applied|deployed|implemented",
			"configuration|config|routing|routes|settings _ changed|adjusted|corrected|updated|fixed",
		}},
		{milestone: MitigationStart, during: true, patterns: []string{"rollout* __ started|starts|begins|began"}},
		{milestone: MitigationStart, posted: true, patterns: []string{
			"work|effort|efforts ___ began|started|begins|starts", "started|began|starts on _ customers|users|regions|rest|remaining|remainder",
			"mitigation|mitigations|remediation|work|effort|efforts|workstream|workstreams|recovery _ began|started|begins|starts|begun|initiated|commenced|underway",
			"started|began|begins|starts|begin|start|initiated _ mitigat*|work|working|remediat*|restor*|recovery",
			"second|third|new|another|further|next effort|attempt|workstream|round _ began|started|begins|starts",
		}},
		{milestone: PartialMitigation, posted: true, patterns: []string{
			"partial*|partly _ mitigat*|recover*|restor*",
			"some|many _ customers|services|regions|users __ recover*|back|improv*|restored",
			"began|started|begins|begin|starting|starts to recover|improve", "signs of recovery|improvement",
			"error|failure rate|rates _ fell|falls|dropped|drops|decreas*|declin*|falling|dropping|improv*",
			"errors|failures|timeouts _ falling|dropping|fell|dropped|decreas*|declin*", "availability|success _ improv*|climb*",
		}},
		{milestone: Mitigated, posted: true, patterns: []string{
			"most|majority|bulk __ impact|customers|services|traffic|users|errors|failures|regions|it __ mitigated|recovered|gone|restored|over|resolved|back|ended|healthy|working|passed|subsided",
			"majority|most|bulk of _ impact mitigated", "mitigated _ most|majority|bulk",
			"main|primary|bulk impact|outage _ over|ended|gone|mitigated", "mitigated|mitigates", "mitigation _ complete|completed|confirmed|achieved|successful|effective",
			"service*|availability|access|connectivity|payments|traffic _ restored|recovered|back|resumed",
			"restored|restores", "recovered|recovers", "fixed", "repaired",
		}},
		{milestone: ImpactEnd, posted: true, patterns: []string{
			"fully|completely|entirely|wholly _ mitigated|restored|recovered|resolved|operational|healthy|functional|back|fixed",
			"issue|problem|outage|incident|impact|it|this|service*|access|availability|connectivity|traffic|payments|customers|everything _ fully|completely|entirely _ mitigated|restored|recovered|resolved|operational|healthy|functional|back|fixed",
			"full|complete|final recovery|restoration|mitigation", "full|complete service _ restored",
			"back|returned|return|returns|returning|fell|down|restored to _ normal|baseline|pre|usual|expected|healthy|100",
			"normal|incident|baseline|usual|expected levels|rates|level|operation|operations",
			"all|every|remaining|last _ service*|customer*|system*|region*|user*|component* __ recovered|restored|operational|back|healthy|normal|green|mitigated",
			"impact|outage|disruption|degradation _ ended|over|ceased|stopped|finished|subsided|ends",
			"errors|failures|timeouts _ stopped|ceased|gone|ended|disappeared|cleared", "last error|errors|failure|timeout|timeouts",
			"everything _ normal|okay|ok|fine|healthy|green|back",
		}},
		{milestone: ImpactEnd, dated: true, paired: true, patterns: []string{"ended|ends|stopped|ceased|finished"}},
		{milestone: Resolved, public: ImpactEnd, patterns: []string{
			"issue|problem|outage|disruption|it|this _ resolved", "resolved|resolves",
		}},
		{milestone: Resolved, patterns: []string{
			"incident _ resolved|over|closed|ended", "declar*|marked|considered|called _ resolved|over|closed|mitigated|ended", "all clear",
			"stood|stand|standing|stands down", "closed _ incident", "incident declared _ resolved|over|closed",
		}},
		{milestone: Closed, patterns: []string{
			"review|postmortem|mortem|pir|retrospective|retro _ closed|published|accepted|completed|signed|finished",
			"published|closed|completed _ review|postmortem|mortem|pir|retrospective",
		}},
	}...)
}

// outcomes is the table of how attempts went.
func outcomes() []struct {
	outcome  string
	patterns []string
} {
	return []struct {
		outcome  string
		patterns []string
	}{
		{OutcomeFailed, []string{
			"did|does|do|has|have|had not help|helped|work|worked|fix|fixed|resolve|resolved|solve|solved|change|improve",
			"didn't|doesn't|don't|hasn't help|work|fix|resolve|solve|change|improve|helped|worked",
			"no effect|improvement|change|difference|luck|help", "without success|effect|improvement", "to no avail", "in vain",
			"unsuccessful*", "made _ worse", "rollback*|revert|restart|failover|deploy|fix|attempt|hotfix|patch|mitigation|reroute _ failed|fails",
			"failed|fails to roll|restart|revert|fail|deploy|apply", "still failing|broken|down|erroring|dead", "/failed|aborted|abandoned$", "/nope$", "no joy|change|go",
		}},
		{OutcomePartial, []string{
			"partly|partially helped|worked|effective|successful", "little|somewhat|slightly|bit better", "not enough", "helped|improved|improves _ some*|partly|little|slightly|bit", "some improvement|relief",
		}},
		{OutcomeWorked, []string{
			"worked|succeeded|succeeds|successful|successfully", "that|this|which helped|helps", "fixed it", "did it|trick",
			"and|which|that|then _ restored|recovered|resolved|recovers|returned",
		}},
	}
}

// negations, in front of a phrase, take it back.
func negation(word string) bool {
	switch word {
	case "not", "never", "no", "cannot", "without", "nobody", "none", "nothing", "unable", "neither", "nor", "un",
		"hasn't", "isn't", "wasn't", "weren't", "didn't", "doesn't", "don't", "can't", "couldn't", "won't", "haven't", "aren't", "hadn't":
		return true
	}
	return false
}

// unreal reports whether a word in front of a phrase says that it has not
// happened: a plan, a hope, a condition.
func unreal(word string) bool {
	switch word {
	case "will", "would", "should", "shall", "may", "might", "could", "must", "if", "unless", "whether", "going", "ready", "pending",
		"expect", "expects", "expected", "expecting", "plan", "plans", "planned", "planning", "hope", "hopes", "hoping", "aim", "aims",
		"intend", "intends", "propose", "proposed", "proposes", "consider", "considered", "considering", "considers", "suggest", "suggests",
		"suggested", "recommend", "recommended", "request", "requested", "requests", "prepare", "prepared", "preparing", "prepares", "decide",
		"decided", "decides", "decision", "wait", "waiting", "ask", "asked", "asks", "discuss", "discussed", "discussing", "want", "wants",
		"wanted", "be", "believe", "believed", "believing", "assume", "assumed", "suspect", "suspected", "need", "needs", "needed", "scheduled", "let", "let's", "eta", "would've", "we'll", "i'll", "can", "ensure", "about",
		"hopefully", "maybe", "perhaps", "probably",
		// What keeps restarting does so by itself.
		"keep", "keeps", "kept", "keeping":
		return true
	}
	return false
}

// hearsay reports whether a word says that somebody else said so.
func hearsay(word string) bool {
	switch word {
	case "says", "said", "claims", "claimed", "thinks", "reckons":
		return true
	}
	return false
}

// subordinate words make a phrase the frame of something else: "once it is
// mitigated". With a time of its own it is still a statement.
func subordinate(word string) bool {
	switch word {
	case "once", "until", "till", "before", "when", "after", "while", "since", "because", "that", "which":
		return true
	}
	return false
}
