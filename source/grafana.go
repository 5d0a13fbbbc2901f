package source

var grafanaFormat = Format{
	Name:       "grafana",
	Doc:        "Grafana alerting webhook bodies, one or many",
	Recognised: "an Alertmanager body with orgId, silenceURL, valueString or ruleUID",
	Export:     "keep the bodies that Grafana posts to a webhook contact point",
	Lasts:      "as long as you keep the bodies",
	Sniff:      sniffGrafana,
	// The body is Alertmanager's with more keys; times may have local offsets.
	Parse: parseJSON(readAlerts),
}

// sniffGrafana knows Grafana's own keys beside those of Alertmanager.
func sniffGrafana(name string, head []byte) int {
	sure := sniffAlertmanager(name, head)
	if sure == 0 {
		return 0
	}
	body, alert := firstAlert(head)
	for _, v := range []value{
		body.get("orgId"), alert.get("silenceURL"), alert.get("valueString"), alert.get("ruleUID"),
	} {
		if v.ok() {
			return 95
		}
	}
	return 0
}
