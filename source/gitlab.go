package source

import (
	"strings"

	"pir/timeline"
)

var gitlabFormat = Format{
	Name:       "gitlab",
	Doc:        "GitLab deployments, releases and pipelines: webhooks and lists of the API",
	Recognised: "object_kind of a webhook, or the keys of a deployment, release or pipeline",
	Export:     "curl -H 'PRIVATE-TOKEN: …' 'https://HOST/api/v4/projects/ID/deployments?per_page=100'",
	Lasts:      "as long as the project",
	Sniff:      sniffGitlab,
	Parse:      parseJSON(readGitlab),
}

func sniffGitlab(_ string, head []byte) int {
	v, ok := firstValue(head)
	if !ok {
		return 0
	}
	if list := v.items(); len(list) > 0 {
		v = list[0]
	}
	switch kind := gitlabKind(v); {
	case kind == "":
		return 0
	case v.get("object_kind").ok():
		return 95
	}
	return 85
}

// gitlabKind says what a record is: a webhook names it, in a list of the API it
// is known by its keys.
func gitlabKind(v value) string {
	switch kind := v.str("object_kind"); {
	case kind == "deployment" || kind == "release" || kind == "pipeline":
		return kind
	case kind != "":
		return ""
	case v.get("deployable").first() != 0 && v.get("environment").first() == '{':
		return "deployment"
	case v.get("tag_name").ok() && v.get("released_at").ok():
		return "release"
	case v.get("source").ok() && v.get("project_id").ok() && v.get("sha").ok() && v.get("status").ok():
		return "pipeline"
	}
	return ""
}

func readGitlab(s *sink, body value) {
	list := body.items()
	if body.first() == '{' {
		list = append(list, body)
	}
	for _, v := range list {
		if !s.record(v, "a record") {
			continue
		}
		switch gitlabKind(v) {
		case "deployment":
			s.gitlabDeployment(v)
		case "release":
			s.gitlabRelease(v)
		case "pipeline":
			s.gitlabPipeline(v)
		default:
			s.bad(v.origin(), gitlabRaw(v), "no deployment, release or pipeline; object_kind is %q", v.str("object_kind"))
		}
	}
}

// gitlabRaw is what is quoted of a record: no mail addresses and no addresses
// of repositories.
func gitlabRaw(v value) string {
	return v.kept("object_kind", "id", "iid", "deployment_id", "status", "status_changed_at", "environment", "environment.name",
		"ref", "sha", "short_sha", "commit_title", "name", "tag", "tag_name", "action", "created_at", "released_at", "updated_at",
		"finished_at", "source", "user.name", "author.name", "project.path_with_namespace", "object_attributes.id",
		"object_attributes.ref", "object_attributes.sha", "object_attributes.status", "object_attributes.source",
		"object_attributes.created_at", "object_attributes.finished_at", "object_attributes.name", "commit.title")
}

// gitlabEvent is what all records give, at the first of the times that is there.
func (s *sink) gitlabEvent(v value, what, id, step string, times ...value) (timeline.Event, bool) {
	t, ok := s.firstTime(times...)
	if !ok {
		s.bad(v.origin(), gitlabRaw(v), "a %s without a time", what)
		return timeline.Event{}, false
	}
	e := timeline.Event{
		Kind: timeline.KindChange, Origins: []timeline.Origin{v.origin()}, Raw: gitlabRaw(v),
		Key: what + " " + id, Step: step,
	}
	stamp(&e, t)
	if name := oneLine(v.get("project").str("name")); name != "" {
		e.Components = []string{name}
	}
	for _, key := range []string{"user", "author"} {
		if name := v.get(key).str("name", "username"); e.Actor == "" && name != "" {
			e.Actor = mailName(name)
		}
	}
	return e, true
}

// gitlabStates are the states of a deployment, as a title begins with them.
var gitlabStates = map[string]string{
	"success": "Deployed", "failed": "Deployment failed", "running": "Deployment started", "canceled": "Deployment canceled",
	"created": "Deployment created", "blocked": "Deployment blocked",
}

func (s *sink) gitlabDeployment(v value) {
	status := v.str("status")
	at := v.get("status_changed_at")
	if !at.ok() {
		at = v.get("updated_at")
	}
	e, ok := s.gitlabEvent(v, "deployment", v.str("deployment_id", "id"), status, at, v.get("created_at"))
	if !ok {
		return
	}
	e.Group = e.Key
	environment := v.str("environment")
	if environment == "" {
		environment = v.get("environment").str("name")
	}
	word := firstText(gitlabStates[status], "Deployment "+statusWords(status))
	e.Title = word + ": " + oneLine(environment) + gitlabCommit(v.str("ref"), v.str("short_sha", "sha"))
	e.Title = oneLine(withoutSecrets(e.Title))
	e.Body = withoutSecrets(oneLine(firstText(v.str("commit_title"), v.get("deployable", "commit").str("title"))))
	s.event(e)
}

// gitlabCommit names what was deployed: " (main at 279484c)".
func gitlabCommit(ref, sha string) string {
	ref, sha = oneLine(ref), cut(oneLine(sha), 8)
	switch {
	case ref == "" && sha == "":
		return ""
	case sha == "":
		return " (" + ref + ")"
	}
	return " (" + strings.TrimSpace(ref+" at "+sha) + ")"
}

func (s *sink) gitlabRelease(v value) {
	action := firstText(v.str("action"), "create")
	tag := oneLine(v.str("tag", "tag_name"))
	e, ok := s.gitlabEvent(v, "release", firstText(v.str("id"), tag), action, v.get("released_at"), v.get("created_at"))
	if !ok {
		return
	}
	word := map[string]string{"create": "Release published: ", "update": "Release edited: ", "delete": "Release deleted: "}[action]
	e.Title = firstText(word, "Release: ") + tag
	if name := oneLine(v.str("name")); name != "" && name != tag {
		e.Title += " (" + name + ")"
	}
	e.Title = withoutSecrets(e.Title)
	e.Body = cut(markdownText(v.str("description")), maxText)
	if v.get("object_kind").ok() {
		e.URL = v.str("url")
	}
	if action != "create" {
		s.undated(&e, v.get("updated_at")) // the times of the release are not those of the act
	}
	s.event(e)
}

// gitlabPipeline tells a pipeline as a span, where it is over.
func (s *sink) gitlabPipeline(v value) {
	p := v
	if inner := v.get("object_attributes"); inner.first() == '{' {
		p = inner
	}
	status := p.str("status")
	e, ok := s.gitlabEvent(v, "pipeline", p.str("id"), status, p.get("started_at"), p.get("created_at"))
	if !ok {
		return
	}
	over := p.get("finished_at")
	if !over.ok() && (status == "success" || status == "failed" || status == "canceled") {
		over = p.get("updated_at")
	}
	if end, err := s.time(over); err == nil && end.Time.After(e.Time) {
		e.End = end.Time
	}
	e.Title = "Pipeline " + statusWords(status)
	if name := oneLine(p.str("name")); name != "" {
		e.Title += ": " + name
	} else if title := oneLine(v.get("commit").str("title")); title != "" {
		e.Title += ": " + title
	}
	e.Title = oneLine(withoutSecrets(e.Title + gitlabCommit(p.str("ref"), p.str("sha"))))
	if url := p.str("url", "web_url"); url != "" {
		e.URL = url
	}
	s.event(e)
}
