package timeline

import "slices"

// jottings are what people write in notes and chat in passing, in the order of
// the milestones. In a post or a review the same words may mean anything.
func jottings() []phrase {
	list := slices.Concat(jottedStarts(), jottedActs(), jottedEnds())
	for i := range list {
		list[i].jotted = true
	}
	return list
}

// What people call the thing that is hurt, and what they see of it.
const (
	serviceNouns = "site|website|service|services|api|apis|app|apps|prod|production|checkout|login|logins|payments|orders|search|" +
		"db|database|portal|mail|dns|vpn|network|cluster|page|homepage|shop|store|traffic|system|systems|frontend|backend|gateway|dashboard|uploads|downloads|requests|links|connectivity|volume"
	errorNouns = "errors|error|failures|failure|timeouts|500s|502s|503s|504s|5xx|5xxs|4xx|problem*|issue|issues|outage|symptoms|symptom|" +
		"latency|impact|lag|bug|loss|slowness|alerts|alarms|spikes|crashes"
)

func jottedStarts() []phrase {
	return []phrase{
		{milestone: Trigger, patterns: []string{"/trigger$", "the trigger$"}},
		{milestone: ImpactStart, again: true, patterns: []string{
			errorNouns + " are|is|were|came|come|coming back", errorNouns + " back again",
			errorNouns + " return|returned|returning|returns|reappear*|resurfac*|recurr*", errorNouns + " are|is returning|recurring", errorNouns + " again",
			"down|broken|failing|offline|unavailable|erroring|unreachable again", "went|goes|fell|falling|falls down|over again", "broke|crashed again",
			"back down$", "happening again",
		}},
		{milestone: Detected, by: ByStaff, hurt: true, patterns: []string{
			"we|i|i'm|we're|im|team see|sees|saw|seeing|get|getting _ errors|500s|502s|503s|504s|5xx|timeouts|failures|loss|latency",
			"^seeing|getting _ errors|500s|502s|503s|504s|5xx|timeouts|failures", "else|anyone seeing _ errors|500s|502s|503s|504s|5xx|timeouts",
		}},
		{milestone: Detected, hurt: true, patterns: []string{
			"everything|" + serviceNouns + " is|are down|broken|dead|offline|unavailable|unreachable|failing|erroring",
			"everything|" + serviceNouns + " down|broken|dead|offline|unreachable|failing|erroring$",
			serviceNouns + " failing|throwing|returning",
		}},
		{milestone: Detected, by: ByCustomer, hurt: true, posted: true, patterns: []string{
			"customer*|user*|client|clients|people|merchants ___ can't|cant|cannot|unable __ log|login|sign|connect|pay|order|buy|book|access|reach|load|open|use",
			"users|customers|clients|people affected|offline|complaining",
			"first|another customer|user|merchant ticket|tickets|report|reports|complaint*|call|calls|mail",
			"customer|customers|user|users|client|clients|merchant|merchants calls|called|rings|rang|phones|phoned|mails|mailed|writes|wrote _ support|us|in",
		}},
		{milestone: Detected, hurt: true, patterns: []string{
			"^can't|cant|cannot _ log|login|connect|pay|order|buy|book|access|reach|load|open", "nobody|noone can|could _ log|login|connect|pay|order|buy|book|access|reach|load|open",
		}},
		{milestone: Detected, by: ByMonitor, patterns: []string{"^alert|alerts|alarm|alarms|pagerduty|opsgenie|monitor", "alert|alerts|alarm|alarms$", "first|new alert|alarm|page"}},
		{milestone: Detected, bound: true, patterns: []string{"^paged"}},
		{milestone: Acknowledged, patterns: []string{
			"on it", "^looking", "looking$", "looking into this|it", "taking a look", "took|taking|takes this|it over", "ack$", "acks",
		}},
		{milestone: Declared, patterns: []string{"^declared$", "declare|declared|declaring it|this|now$", "declare|declared|declaring it|this now"}},
		{milestone: Engaged, patterns: []string{"team|oncall|dba|dbas|infra|network|security|engineer* _ joining|joins|here", "^joining", "joining$"}},
	}
}

func jottedActs() []phrase {
	return []phrase{
		{milestone: Identified, posted: true, patterns: []string{
			"found it", "found the|root problem|issue|cause|bug|culprit", "got it$", "culprit _ is|was", "smoking gun", "^it's|its|was the deploy|migration|cert|config",
		}},
		{milestone: MitigationStart, act: "failover", patterns: []string{
			"tried|trying|attempted|attempting _ failover|failing", "switched|switching|moved|switch _ backup|secondary|standby|replica",
		}},
		{milestone: MitigationStart, act: "restart", patterns: []string{
			"tried|trying|attempted _ restart|restarting|reboot|rebooting", "bounced|bouncing", "power cycled", "kicked _ pod*|service*|server*|node*",
		}},
		{milestone: MitigationStart, act: "rollback", patterns: []string{"tried|trying|attempted _ rollback|revert|reverting|rolling"}},
		{milestone: MitigationStart, act: "disable", patterns: []string{
			"flipped|flipping|toggled|switched _ flag|flags|toggle", "flag|flags|feature|toggle _ off|disabled|flipped",
		}},
		{milestone: MitigationStart, act: "stop", patterns: []string{
			"killed|killing|stopped|stopping|aborted|cancelled|canceled|paused _ migration*|query|queries|job|jobs|process*|rebuild|deploy|rollout|import|batch|cron|connections",
		}},
		{milestone: MitigationStart, act: "replace", patterns: []string{
			"renewed|renewing|replaced|replacing|rotated|swapped _ cert*|license|licence|key|keys|disk|disks|node|nodes",
			"cert|certificate|license|licence _ renewed|replaced|deployed|installed|rotated|rolled|in",
		}},
		{milestone: MitigationStart, patterns: []string{"tried|trying|attempted to _ drop|delete|free|clear|kill|stop|move|add|raise|scale|fix|patch|repair|rebuild|replace|resize|reset|remove|increase"}},
		{milestone: MitigationStart, act: "scale", patterns: []string{
			"raised|raising|increased|increasing|bumped|bumping|doubled _ limit*|memory|quota*|pool|replicas|capacity|disk",
		}},
		{milestone: MitigationStart, act: "clean", patterns: []string{
			"cleared|clearing|freed|freeing|purged|purging|deleted|deleting|flushed|flushing|cleaned|cleaning _ disk|space|cache|caches|queue|queues|logs",
		}},
	}
}

func jottedEnds() []phrase {
	return []phrase{
		{milestone: Mitigated, patterns: []string{
			"work|works|working|ok|okay|fine|online|healthy|reachable|available|fast|responding again",
			"it's|its|we're|they're back", serviceNouns + "|customers|users|everyone is|are|came|was|were back|up|working|online", serviceNouns + "|is|are|it's back|up again",
			serviceNouns + " back|up|online|ok|okay|fine|healthy$", "back online", "up and running", "flow|flows|flowing again",
			"^looks|looking|look healthy|good|ok|okay|stable|fine", "everything|all|it|this looks|look|seems healthy|good|ok|okay|stable|fine",
		}},
		{milestone: ImpactEnd, patterns: []string{"all good|fine|ok|okay|well|normal|green", "everything good|works|working|up|running", "everything is good|working|up"}},
		{milestone: ImpactEnd, dated: true, patterns: []string{"stable|healthy|clean|quiet|fine|ok|green|normal since", "no errors|failures|alerts since"}},
		{milestone: ImpactEnd, bound: true, patterns: []string{
			"customer|customers|user|users confirm|confirms|confirmed$",
			"customer|customers|user|users confirm|confirms|confirmed _ fixed|works|working|ok|good|fine|back|recovered|recovery|resolved|solved",
		}},
		{milestone: Resolved, patterns: []string{
			"^closing$", "/closing$", "closing this|it|out|incident|now|ticket", "^closed$", "/closed$", "done here", "bridge closed|ended",
		}},
	}
}
