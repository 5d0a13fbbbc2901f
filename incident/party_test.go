package incident_test

import (
	"context"
	"testing"
	"testing/fstest"

	"pir/incident"
	"pir/timeline"
)

const providerPage = `[{"id":"abc123","begin":"2026-03-03T09:00:00+00:00","created":"2026-03-03T09:30:00+00:00",
"external_desc":"Cloud SQL errors","severity":"high","status_impact":"SERVICE_OUTAGE","uri":"incidents/abc123",
"affected_products":[{"title":"Cloud SQL","id":"x"}],
"updates":[{"created":"2026-03-03T09:30:00+00:00","modified":"2026-03-03T09:30:00+00:00",
"when":"2026-03-03T09:30:00+00:00","text":"We see errors.","status":"SERVICE_OUTAGE"}]}]`

// A provider's status page is upstream without a word in pir.yaml, so that it
// sets none of our milestones; pir.yaml may say otherwise.
func TestProviderIsUpstream(t *testing.T) {
	for _, c := range []struct {
		config string
		want   timeline.Party
	}{
		{"sources: [{name: page, path: gcp.json}]\n", timeline.PartyUpstream},
		{"sources: [{name: page, path: gcp.json, party: own}]\n", timeline.PartyOwn},
	} {
		fsys := fstest.MapFS{
			"pir.yaml": {Data: []byte(c.config)},
			"gcp.json": {Data: []byte(providerPage)},
		}
		result, err := incident.Load(context.Background(), []incident.Input{{FS: fsys, Path: "."}}, incident.Options{})
		if err != nil {
			t.Fatal(err)
		}
		tl := result.Timeline
		if len(tl.Events) == 0 || len(tl.Sources) != 1 {
			t.Fatalf("%d events from %d sources", len(tl.Events), len(tl.Sources))
		}
		if got := tl.Sources[0].Party; got != c.want {
			t.Errorf("the source is %s, want %s", got, c.want)
		}
		for _, e := range tl.Events {
			if e.Party != c.want {
				t.Errorf("%s is %s, want %s", e.Title, e.Party, c.want)
			}
		}
		first, _ := tl.Milestone(timeline.FirstUpdate)
		if own := c.want == timeline.PartyOwn; first.Known() != own {
			t.Errorf("with party %s, first update known is %v", c.want, first.Known())
		}
	}
}
