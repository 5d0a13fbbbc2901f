package source

import (
	"strings"

	"pir/timeline"
)

var githubFormat = Format{
	Name:       "github",
	Doc:        "GitHub deployments, their statuses, releases and workflow runs: gh api output, gh run or release list --json, webhooks",
	Recognised: "the keys of a deployment, status, release or workflow run",
	Export:     "gh api 'repos/OWNER/REPO/deployments?per_page=100'; gh run list --json databaseId,name,status,conclusion,createdAt,updatedAt,headSha,url",
	Lasts:      "deployments and releases stay; workflow runs 400 days; deliveries of webhooks 3 days",
	Sniff:      sniffGithub,
	Parse:      parseJSON(readGithub),
}

// githubKinds say what kind of record an object is, by the keys that only it
// has. A webhook holds it under its name.
var githubKinds = []struct {
	name string
	keys []string // all must be there
	read func(s *sink, g githubRecord)
}{
	{"deployment_status", []string{"state", "deployment_url"}, (*sink).githubStatus},
	{"deployment", []string{"sha", "task", "environment"}, (*sink).githubDeployment},
	{"release", []string{"tag_name", "published_at"}, (*sink).githubRelease},
	{"release", []string{"tagName", "publishedAt"}, (*sink).githubRelease},
	{"workflow_run", []string{"run_number", "head_sha"}, (*sink).githubRun},
	{"workflow_run", []string{"databaseId", "workflowName"}, (*sink).githubRun},
	{"workflow_run", []string{"conclusion", "createdAt", "status"}, (*sink).githubRun},
}

// githubRecord is one record with the webhook around it, where there is one.
type githubRecord struct {
	v    value
	hook value
	kind string
	repo string
}

func sniffGithub(_ string, head []byte) int {
	v, ok := firstValue(head)
	if !ok {
		return 0
	}
	list := githubList(v)
	if len(list) == 0 {
		return 0
	}
	if _, ok := githubKind(list[0]); ok {
		return 90
	}
	return 0
}

// githubList finds the records of a body: an array, a page of workflow runs, a
// webhook or a record by itself.
func githubList(body value) []value {
	list := append(body.items(), body.get("workflow_runs").items()...)
	if body.first() == '{' && !body.get("workflow_runs").ok() {
		list = append(list, body)
	}
	return list
}

// githubKind is the row of a record; a webhook is told by what it holds.
func githubKind(v value) (row int, ok bool) {
	for i, k := range githubKinds {
		if inner := v.get(k.name); inner.first() == '{' && (v.get("action").ok() || v.get("repository").ok()) && hasKeys(inner, k.keys) {
			return i, true
		}
	}
	for i, k := range githubKinds {
		if hasKeys(v, k.keys) {
			return i, true
		}
	}
	return 0, false
}

func hasKeys(v value, keys []string) bool {
	for _, key := range keys {
		if v.get(key).first() == 0 { // null is there, and says "not yet"
			return false
		}
	}
	return true
}

func readGithub(s *sink, body value) {
	for _, v := range githubList(body) {
		if !s.record(v, "a record") {
			continue
		}
		i, ok := githubKind(v)
		if !ok {
			s.bad(v.origin(), v.kept("action", "id", "name"), "no deployment, deployment status, release or workflow run")
			continue
		}
		g := githubRecord{v: v, kind: githubKinds[i].name, repo: oneLine(v.get("repository").str("name"))}
		if inner := v.get(g.kind); inner.first() == '{' && !hasKeys(v, githubKinds[i].keys) {
			g.v, g.hook = inner, v
		}
		if g.repo == "" {
			g.repo = githubRepo(g.v.str("repository_url", "deployment_url", "url"))
		}
		githubKinds[i].read(s, g)
	}
}

// githubRepo is the name of the repository in an address:
// https://api.github.com/repos/OWNER/NAME/….
func githubRepo(url string) string {
	for _, mark := range []string{"/repos/", "github.com/"} {
		if _, rest, ok := strings.Cut(url, mark); ok {
			if parts := strings.Split(rest, "/"); len(parts) > 1 {
				return oneLine(parts[1])
			}
		}
	}
	return ""
}

// event is what all records give. It is not told when none of the fields holds
// a time.
func (g githubRecord) event(s *sink, step string, fields ...string) (timeline.Event, bool) {
	raw := g.v.kept("id", "databaseId", "sha", "ref", "task", "environment", "description", "state", "created_at", "updated_at",
		"createdAt", "updatedAt", "creator.login", "tag_name", "tagName", "target_commitish", "name", "draft", "prerelease",
		"published_at", "publishedAt", "author.login", "run_number", "run_attempt", "head_branch", "headBranch", "head_sha",
		"headSha", "event", "status", "conclusion", "display_title", "displayTitle", "workflowName", "run_started_at",
		"startedAt", "actor.login", "triggering_actor.login")
	var values []value
	for _, f := range fields {
		values = append(values, g.v.get(f))
	}
	t, ok := s.firstTime(values...)
	if !ok {
		s.bad(g.v.origin(), raw, "a %s without a time: %s is %q", strings.ReplaceAll(g.kind, "_", " "), fields[0], g.v.str(fields[0]))
		return timeline.Event{}, false
	}
	e := timeline.Event{
		Kind: timeline.KindChange, Origins: []timeline.Origin{g.v.origin()}, Raw: raw, Step: step,
		Key: g.kind + " " + g.v.str("id", "databaseId", "tagName"), URL: g.v.str("html_url"),
	}
	if g.repo != "" {
		e.Components = []string{g.repo}
	}
	for _, key := range []string{"triggering_actor", "actor", "creator", "author"} {
		if name := g.v.get(key).str("login"); e.Actor == "" && name != "" {
			e.Actor = mailName(name)
		}
	}
	stamp(&e, t)
	return e, true
}

// what is a deployment in words: "production (master at f95f852)".
func (g githubRecord) what(d value, environment string) string {
	if environment == "" {
		environment = oneLine(d.str("environment"))
	}
	ref, sha := oneLine(d.str("ref")), cut(oneLine(d.str("sha")), 7)
	switch {
	case ref != "" && sha != "" && !strings.HasPrefix(ref, sha):
		return environment + " (" + ref + " at " + sha + ")"
	case sha != "":
		return environment + " (" + sha + ")"
	}
	return environment
}

func (s *sink) githubDeployment(g githubRecord) {
	e, ok := g.event(s, "requested", "created_at")
	if !ok {
		return
	}
	e.Group = e.Key
	e.Title = oneLine(withoutSecrets("Deployment requested: " + g.what(g.v, "")))
	e.Body = withoutSecrets(plainText(g.v.str("description")))
	s.event(e)
}

// githubStates are the states of a deployment, as a title begins with them.
var githubStates = map[string]string{
	"success": "Deployed", "failure": "Deployment failed", "error": "Deployment failed", "in_progress": "Deployment started",
	"pending": "Deployment pending", "queued": "Deployment queued", "inactive": "Deployment replaced",
}

func (s *sink) githubStatus(g githubRecord) {
	state := g.v.str("state")
	e, ok := g.event(s, state, "created_at")
	if !ok {
		return
	}
	if url := g.v.str("deployment_url"); url != "" {
		e.Group = "deployment " + url[strings.LastIndexByte(url, '/')+1:]
	}
	word := githubStates[state]
	if word == "" {
		word = "Deployment " + statusWords(state)
	}
	e.Title = oneLine(withoutSecrets(word + ": " + g.what(g.hook.get("deployment"), oneLine(g.v.str("environment")))))
	e.Body = withoutSecrets(plainText(g.v.str("description")))
	if url := g.v.str("log_url", "environment_url", "target_url"); e.URL == "" {
		e.URL = url
	}
	s.event(e)
}

// githubRelease tells a release at the hour of its publication: created_at is
// that of the commit under its tag.
func (s *sink) githubRelease(g githubRecord) {
	published := g.v.str("published_at", "publishedAt") != ""
	step, word := "published", "Release published: "
	if !published {
		step, word = "drafted", "Release drafted: "
	}
	e, ok := g.event(s, step, "published_at", "publishedAt", "created_at", "createdAt")
	if !ok {
		return
	}
	name, tag := oneLine(g.v.str("name")), oneLine(g.v.str("tag_name", "tagName"))
	e.Title = word + tag
	if name != "" && name != tag {
		e.Title += " (" + name + ")"
	}
	if e.Title = withoutSecrets(e.Title); g.v.str("prerelease", "isPrerelease") == "true" {
		e.Title += ", not final"
	}
	e.Body = cut(markdownText(g.v.str("body")), maxText)
	if action := g.hook.str("action"); action == "deleted" || action == "edited" || action == "unpublished" {
		e.Title, e.Step = withoutSecrets("Release "+action+": "+tag), action
		s.undated(&e, g.v.get("updated_at"))
	}
	s.event(e)
}

// undated puts the time of another field on an event whose own one is that of
// an earlier act; where that holds none, the event has no time.
func (s *sink) undated(e *timeline.Event, v value) {
	t, err := s.time(v)
	stamp(e, t)
	if err != nil {
		addFlag(e, timeline.FlagUndated)
	}
}

// githubRun tells a run of a workflow as a span, where it is over. A second
// attempt is a run of its own.
func (s *sink) githubRun(g githubRecord) {
	status := g.v.str("status")
	e, ok := g.event(s, status, "run_started_at", "startedAt", "created_at", "createdAt")
	if !ok {
		return
	}
	if attempt := g.v.str("run_attempt", "attempt"); attempt != "" {
		e.Key += " attempt " + attempt
	}
	word := statusWords(status)
	switch conclusion := g.v.str("conclusion"); conclusion {
	case "":
	case "success":
		word = "succeeded"
	case "failure":
		word = "failed"
	default:
		word = statusWords(conclusion)
	}
	if status == "completed" {
		if end, ok := s.firstTime(g.v.get("updated_at"), g.v.get("updatedAt")); ok && end.Time.After(e.Time) {
			e.End = end.Time
		}
	}
	e.Title = "Workflow " + oneLine(g.v.str("name", "workflowName"))
	if name := oneLine(g.v.str("workflowName")); name != "" {
		e.Title = "Workflow " + name
	}
	e.Title += " " + word
	if title := oneLine(g.v.str("display_title", "displayTitle")); title != "" {
		e.Title += ": " + title
	}
	if branch := oneLine(g.v.str("head_branch", "headBranch")); branch != "" {
		e.Title += " (" + branch + " at " + cut(oneLine(g.v.str("head_sha", "headSha")), 7) + ")"
	}
	e.Title = oneLine(withoutSecrets(e.Title))
	e.URL = firstText(e.URL, g.v.str("html_url", "url"))
	s.event(e)
}

// firstText is the first text that is not empty.
func firstText(list ...string) string {
	for _, text := range list {
		if text != "" {
			return text
		}
	}
	return ""
}
