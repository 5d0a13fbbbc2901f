package edition

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"strings"
	"testing"

	"pir/internal/markdown"
	"pir/internal/redact"
	"pir/review/document"
)

// Secrets are made here, piece by piece, so that no scanner takes them for real.
const letters = "q7Zk2Xw9Lm4Rt8Vb3Nc6Hd1Js5Pf0GyTu2Ia7Oe4Kq8Bw3Mz6Cx1Dv5"

func drawn(i, n int) string {
	at := (i * 7) % len(letters)
	return strings.Repeat(letters[at:]+letters, 3)[:n]
}

func hexed(i, n int) string {
	return strings.Repeat(fmt.Sprintf("%x", 0x9f1c4b7a2e8d05c6+uint64(i)*0x1234567890abcde), 8)[:n]
}

// planted are kinds of secrets and identities: what is planted, and the piece of
// it that must not survive.
var planted = []struct {
	kind string
	make func(i int) (text, secret string)
}{
	{"e-mail", func(i int) (string, string) {
		s := fmt.Sprintf("mira%d.holt@mail%d.example.com", i, i)
		return "mailed " + s, fmt.Sprintf("mira%d.holt", i)
	}},
	{"IPv4", func(i int) (string, string) {
		s := fmt.Sprintf("10.%d.7.%d", 20+i, 30+i)
		return "peer " + s + ":8443", s
	}},
	{"IPv6", func(i int) (string, string) {
		s := fmt.Sprintf("2001:db8:%x::%x", 100+i, 4000+i)
		return "from " + s, s
	}},
	{"MAC", func(i int) (string, string) {
		s := fmt.Sprintf("3c:22:fb:9a:%02x:7e", i+16)
		return "port " + s, s
	}},
	{"telephone", func(i int) (string, string) {
		s := fmt.Sprintf("+31 6 5550 %04d", 1000+i)
		return "call " + s, s
	}},
	{"bridge PIN", func(i int) (string, string) {
		s := fmt.Sprint(481200 + i)
		return "bridge PIN: " + s + "#", s
	}},
	{"meeting", func(i int) (string, string) {
		s := fmt.Sprint(91234567000 + i)
		return "https://acme.zoom.us/j/" + s, s
	}},
	{"address with password", func(i int) (string, string) {
		s := fmt.Sprintf("s3cretPw%d", 1000+i)
		return "postgres://shop:" + s + "@db.shop.example:5432/orders", s
	}},
	{"query token", func(i int) (string, string) { s := drawn(i, 22); return "https://x.example/f?a=1&token=" + s, s }},
	{"unsubscribe", func(i int) (string, string) {
		s := drawn(i, 20)
		return "https://status.example/s?unsubscribe=" + s, s
	}},
	{"SAS", func(i int) (string, string) {
		s := drawn(i, 43)
		return "https://a.blob.example/x?sv=2022&sig=" + s + "%3D", s
	}},
	{"Bearer", func(i int) (string, string) {
		s := drawn(i, 40)
		return "curl -H 'Authorization: " + "Bearer " + s + "'", s
	}},
	{"Basic", func(i int) (string, string) {
		s := base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "mira:hunter%d!", 2000+i))
		return "Authorization: " + "Basic " + s, strings.TrimRight(s, "=")
	}},
	{"GenieKey", func(i int) (string, string) { s := hexed(i, 32); return "Genie" + "Key " + s, s }},
	{"Token token", func(i int) (string, string) { s := drawn(i, 20); return "Token " + "token=" + s, s }},
	{"AWS", func(i int) (string, string) {
		s := "AKIA" + strings.NewReplacer("0", "2", "1", "3", "8", "4", "9", "5").Replace(strings.ToUpper(drawn(i, 16)))
		return "key " + s, s
	}},
	{"GCP", func(i int) (string, string) { s := "AIza" + drawn(i, 35); return "key " + s, s }},
	{"storage key", func(i int) (string, string) {
		s := drawn(i, 86)
		return "AccountName=shop;Account" + "Key=" + s + "==", s
	}},
	{"GitHub", func(i int) (string, string) { s := "gh" + "p_" + drawn(i, 36); return "with " + s, s }},
	{"GitLab", func(i int) (string, string) { s := "gl" + "pat-" + drawn(i, 20); return "with " + s, s }},
	{"Slack", func(i int) (string, string) {
		s := "xo" + "xb-2048-4096-" + drawn(i, 24)
		return "bot " + s, s
	}},
	{"Slack webhook", func(i int) (string, string) {
		s := "T0AAAA" + hexed(i, 4) + "/B0BBBBBBB/" + drawn(i, 24)
		return "https://hooks.slack.com/" + "services/" + s, s
	}},
	{"PagerDuty", func(i int) (string, string) { s := hexed(i, 32); return "routing_" + "key: " + s, s }},
	{"Datadog", func(i int) (string, string) { s := hexed(i, 32); return "DD_API_" + "KEY=" + s, s }},
	{"Stripe", func(i int) (string, string) { s := "sk" + "_live_" + drawn(i, 24); return "charged with " + s, s }},
	{"Twilio", func(i int) (string, string) { s := "S" + "K" + hexed(i, 32); return "sms by " + s, s }},
	{"SendGrid", func(i int) (string, string) {
		s := "SG" + "." + drawn(i, 22) + "." + drawn(i+1, 43)
		return "mail by " + s, s
	}},
	{"npm", func(i int) (string, string) { s := "np" + "m_" + drawn(i, 36); return "publish with " + s, s }},
	{"Vault", func(i int) (string, string) { s := "hv" + "s." + drawn(i, 28); return "unsealed by " + s, s }},
	{"model", func(i int) (string, string) { s := "sk" + "-proj-" + drawn(i, 40); return "asked with " + s, s }},
	{"JWT", func(i int) (string, string) {
		s := drawn(i, 40)
		return "ey" + "JhbGciOiJIUzI1NiJ9.ey" + "JzdWIiOiIxMjM0In0." + s, s
	}},
	{"private key", func(i int) (string, string) {
		s := drawn(i, 60)
		return "-----BEGIN RSA PRIVATE" + " KEY-----\n" + s + "\n" + drawn(i+2, 30) + "\n-----END RSA PRIVATE" + " KEY-----", s
	}},
	{"password", func(i int) (string, string) {
		s := fmt.Sprintf("Tr0ub4dour&%d", i)
		return "db password=" + s, fmt.Sprintf("Tr0ub4dour&%d", i)
	}},
	{"API key", func(i int) (string, string) { s := drawn(i, 28); return `{"api_` + `key":"` + s + `"}`, s }},
	{"card", func(i int) (string, string) {
		cards := []string{"4111 1111 1111 1111", "5500 0055 5555 5559", "3782 822463 10005", "6011 1111 1111 1117", "4012 8888 8888 1881", "5105 1051 0510 5100", "4242 4242 4242 4242", "3566 0020 2036 0505"}
		return "card " + cards[i%len(cards)], cards[i%len(cards)]
	}},
	{"IBAN", func(i int) (string, string) {
		list := []string{"DE89 3704 0044 0532 0130 00", "NL91ABNA0417164300", "GB82WEST12345698765432", "FR1420041010050500013M02606", "BE68539007547034", "CH9300762011623852957"}
		return "to " + list[i%len(list)], list[i%len(list)]
	}},
	{"home", func(i int) (string, string) {
		s := fmt.Sprintf("miraholt%d", i)
		return "ran /home/" + s + "/fix.sh", s
	}},
	{"name", func(i int) (string, string) {
		names := []string{"Mira Holt", "mira.holt", "@mira", "Holt, Mira", "M. Holt", "Mira's"}
		return "asked " + names[i%len(names)], strings.TrimPrefix(strings.TrimSuffix(names[i%len(names)], "'s"), "@")
	}},
}

// places are where a text can stand on a page.
var places = []struct {
	name string
	put  func(text string) string
}{
	{"prose", func(s string) string { return "They " + s + " at 12:31.\n\n" }},
	{"escaped prose", func(s string) string { return "They " + markdown.Inline(s) + " at 12:32.\n\n" }},
	{"code span", func(s string) string { return "It said " + markdown.Code(s) + ".\n\n" }},
	{"code block", func(s string) string { return markdown.Fence("", s) + "\n" }},
	{"link", func(s string) string {
		return "[see](https://x.example/?q=" + strings.NewReplacer(" ", "%20", "@", "%40", "\n", "%0A", "'", "%27", `"`, "%22").Replace(s) + ")\n\n"
	}},
	{"alt text", func(s string) string { return "![" + markdown.Inline(s) + "](shot.png)\n\n" }},
	{"chat in a quotation", func(s string) string { return "> 12:31 mira: " + strings.ReplaceAll(s, "\n", "\n> ") + "\n\n" }},
	{"table", func(s string) string { return "| a | b |\n|---|---|\n| 12:31 | " + markdown.Inline(s) + " |\n\n" }},
	{"HTML", func(s string) string {
		return `<p title="` + html.EscapeString(strings.ReplaceAll(s, "\n", " ")) + `">x</p>` + "\n\n"
	}},
	{"heading", func(s string) string { return "### Then " + markdown.Inline(s) + "\n\ntext\n\n" }},
	{"internal part", func(s string) string { return "<!-- pir:internal -->\n" + s + "\n<!-- /pir:internal -->\n\n" }},
	{"comment", func(s string) string { return "<!-- note: " + strings.ReplaceAll(s, "--", "- -") + " -->\n\n" }},
}

// TestPlanted: nothing of what is planted all over a review is in its edition for
// customers, in any form.
func TestPlanted(t *testing.T) {
	page, side := sample(t, "checkout-rollback")
	var secrets []string
	var where []string
	kinds := map[string]bool{}
	var planting strings.Builder
	n := 0
	var texts []string
	for k, p := range planted {
		for i, at := range places {
			if (i+k)%2 == 0 && i > 3 { // each kind in most places
				continue
			}
			text, secret := p.make(n)
			n++
			planting.WriteString(at.put(text))
			secrets, where = append(secrets, secret), append(where, p.kind+" in "+at.name)
			texts = append(texts, text)
			kinds[p.kind] = true
		}
		// In the records and in the words of the sidecar.
		text, secret := p.make(n)
		n++
		quoted, _ := json.Marshal(text)
		side = strings.Replace(side, `"title": "`, `"title": "`+string(quoted[1:len(quoted)-1])+" ", 1)
		secrets, where = append(secrets, secret), append(where, p.kind+" in the sidecar")
		texts = append(texts, text)
	}
	front := "owner: mira.holt@mail.example.com\ncontact: \"+31 6 5550 9999\"\ntags: [payments, mira9.holt@mail.example.com]\n"
	page = strings.Replace(page, "owner: checkout\ntags: [payments, deploy]\n", front, 1)
	secrets, where = append(secrets, "mira9.holt", "5550 9999"), append(where, "e-mail in front matter", "telephone in front matter")
	page = strings.Replace(page, "## What went wrong and why?", planting.String()+"## What went wrong and why?", 1)

	people := append([]redact.Person{{Name: "Mira Holt", Role: "shift lead"}}, cast1...)
	missed := 0
	all := redact.New(redact.Options{Identities: true, People: people})
	for _, text := range texts {
		if len(all.Find([]byte(text))) == 0 {
			missed++
		}
	}
	d := parsed(t, page, side)
	e, found := New(d, Options{People: people})
	for _, f := range found {
		t.Errorf("gate: %s", f)
	}
	for _, format := range Formats() {
		out, found := e.Write(format)
		for _, f := range found {
			t.Errorf("gate: %s", f)
		}
		seen := string(out) + "\n" + html.UnescapeString(string(out)) + "\n" + markdown.Text(markdown.HTML(string(out)))
		for i, s := range secrets {
			if strings.Contains(seen, s) {
				at := strings.Index(seen, s)
				t.Errorf("%s: %s survives: %q", format, where[i], seen[max(0, at-60):min(len(seen), at+60)])
			}
		}
	}
	if len(secrets) < 200 || len(kinds) < 30 {
		t.Errorf("%d planted, of %d kinds; want at least 200 of 30", len(secrets), len(kinds))
	}
	t.Logf("%d planted, of %d kinds, in %d places: %d survive; found before anything was left out: %d of %d", len(secrets), len(kinds), len(places)+2, 0, len(texts)-missed, len(texts))
	if missed > 0 {
		t.Errorf("%d of %d are not found by the rules alone", missed, len(texts))
	}
}

// TestPlantedInside: an edition for insiders has no keys either.
func TestPlantedInside(t *testing.T) {
	page, side := sample(t, "checkout-rollback")
	var planting strings.Builder
	var secrets []string
	rules := map[string]bool{}
	for k, p := range planted {
		text, secret := p.make(k)
		if len(redact.New(redact.Options{}).Find([]byte(text))) == 0 {
			continue // who somebody is may be known inside
		}
		rules[p.kind] = true
		planting.WriteString("They " + text + " at 12:31.\n\n")
		secrets = append(secrets, secret)
	}
	page = strings.Replace(page, "## What went wrong and why?", planting.String()+"## What went wrong and why?", 1)
	e, found := New(parsed(t, page, side), Options{Audience: Internal, People: cast1})
	if len(found) > 0 || len(secrets) < 20 {
		t.Errorf("gate: %v; %d planted", found, len(secrets))
	}
	for _, format := range Formats() {
		out, _ := e.Write(format)
		for _, s := range secrets {
			if strings.Contains(string(out), s) {
				t.Errorf("%s: %q survives", format, s)
			}
		}
		if !strings.Contains(string(out), "Ilse Bakker") {
			t.Errorf("%s: insiders read names", format)
		}
	}
}

// cast1 is who is who in the sample.
var cast1 = []redact.Person{
	{Name: "Ilse", Role: "on call"}, {Name: "Ravi", Role: "author of the release"}, {Name: "Noor", Role: "customer support"}, {Name: "Tomas", Role: "platform engineer"},
}

func sample(t testing.TB, name string) (page, side string) {
	t.Helper()
	md, err := os.ReadFile("../../samples/" + name + "/review.md")
	if err != nil {
		t.Fatal(err)
	}
	facts, err := os.ReadFile("../../samples/" + name + "/review.pir.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(md), string(facts)
}

func parsed(t testing.TB, page, side string) *document.Document {
	t.Helper()
	var facts []byte
	if side != "" {
		facts = []byte(side)
	}
	d, err := document.Parse("review.md", []byte(page), facts)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
