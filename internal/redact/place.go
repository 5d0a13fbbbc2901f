package redact

import "strings"

// placeRules are addresses of people, their homes on machines, and accounts.
var placeRules = []Rule{
	{Name: "email", Kind: "email", Doc: "e-mail addresses", Broken: true, Keywords: []string{"@"},
		Pattern: `([\pL\pN](?:[\pL\pN._%+'-]{0,62}[\pL\pN_+-])?@(?:[\pL\pN](?:[\pL\pN-]{0,61}[\pL\pN])?\.)+\pL{2,24})`, Group: 1, narrow: email,
		Fires:  []string{"dana.kim@example.com", "ask ops+pager@mail.example.co.uk.", "mailto:ilse@example.nl"},
		Spares: []string{"git@github.com:acme/shop.git", "getty@tty1.service", "icon@2x.png", "app.log.gz@1024", "lib@1.2.3", "@dana", "checkout@sha256:ab"}},
	{Name: "email-spelled", Kind: "email", Doc: "e-mail addresses with at and dot as words", near: nearParens,
		Pattern: `(?i)([a-z0-9][a-z0-9._+-]{0,62}\s?[\[({]\s?at\s?[\])}]\s?[a-z0-9-]+(?:(?:\.|\s?[\[({]\s?dot\s?[\])}]\s?)[a-z0-9-]+)+)`, Group: 1,
		Fires: []string{"dana [at] example.com", "dana(at)example(dot)com"}, Spares: []string{"rose (at 12:30) again", "errors (at) peak"}},
	{Name: "home-path", Kind: "user", Doc: "names of users in paths", Keywords: []string{"home", "users"},
		Pattern: `(?:^|[^\w.~-])(?:file:)?(?:[A-Za-z]:)?[\\/]+(?:home|Users|export/home)[\\/]+([A-Za-z][\w.-]{1,40})`, Group: 1, narrow: userName,
		Fires: []string{"/home/dana/run.sh", `C:\Users\dkim\log.txt`, `"/Users/ilse.bakker/pir"`}, Spares: []string{"/home/runner/work", "GET /home/products HTTP/1.1", "https://x.example/home/dashboard", "/home/ubuntu/x", "/Users/Shared/x"}},
	{Name: "user-field", Kind: "user", Doc: "names of users behind the names of fields", Keywords: []string{"user"},
		Pattern: `(?i)\b(?:user_?name|user_?principal_?name|remote_user|sudo_user)["']?\s{0,2}[:=]\s{0,2}["']?([A-Za-z][\w.-]{2,60})`, Group: 1, narrow: userName,
		Fires: []string{"username=dkim", `"userName": "ilse.bakker"`}, Spares: []string{"username=root", "username: unknown"}},
	{Name: "aws-account", Kind: "account", Doc: "accounts in names of resources of AWS", Keywords: []string{"arn:aws"},
		Pattern: `arn:aws[\w-]*:[\w-]*:[\w-]*:([0-9]{12})`, Group: 1, Fires: []string{"arn:aws:iam::123456789012:role/deploy"}, Spares: []string{"arn:aws:s3:::bucket"}},
	{Name: "aws-user", Kind: "user", Doc: "users in names of resources of AWS", Keywords: []string{"arn:aws"},
		Pattern: `arn:aws[\w-]*:(?:iam|sts):[\w-]*:[^:\s]*:(?:user|assumed-role/[\w+=,.@-]+)/([\w+=,.@-]{2,64})`, Group: 1, Fires: []string{"arn:aws:iam::123456789012:user/dkim"}, Spares: []string{"arn:aws:iam::123456789012:role/deploy"}},
	{Name: "azure-subscription", Kind: "account", Doc: "subscriptions and tenants of Azure", Keywords: []string{"subscription", "tenant"},
		Pattern: `(?i)(?:subscriptions?|tenants?)(?:[_ ]?id)?["']?\s{0,2}[/:=]\s{0,2}["']?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})`, Group: 1,
		Fires: []string{"/subscriptions/3f2b8c1a-9d4e-4f6a-8b1c-2d3e4f5a6b7c/resourceGroups/x"}, Spares: []string{"request 3f2b8c1a-9d4e-4f6a-8b1c-2d3e4f5a6b7c"}},
}

// email takes an address that is no address of a repository, no unit of a
// service manager and no file.
func email(text string, start, end int) (int, int, bool) {
	value := strings.ToLower(text[start:end])
	local := value[:strings.IndexByte(value, '@')]
	if local == "git" && end < len(text) && (text[end] == ':' || text[end] == '/') {
		return start, end, false
	}
	switch value[strings.LastIndexByte(value, '.')+1:] {
	case "service", "socket", "timer", "mount", "scope", "slice", "png", "jpg", "jpeg", "gif", "svg", "webp", "gz", "log", "json", "yaml", "yml", "js", "css", "ts", "md", "txt", "zip", "tgz", "so", "dll", "exe":
		return start, end, false
	}
	return start, end, true
}

// machineUsers are names of users under which nobody in person works.
const machineUsers = " root admin user users app www www-data nginx postgres mysql redis runner ubuntu centos ec2-user azureuser debian fedora vagrant jenkins git gitlab github node nobody deploy deployer build builder ci service svc default guest shared public all unknown anonymous system test none null daemon docker airflow jovyan site wwwroot administrator linuxbrew coder vscode codespace "

// userName takes the name of somebody in person.
func userName(text string, start, end int) (int, int, bool) {
	name := strings.TrimRight(text[start:end], ".-")
	before := text[max(0, start-40):start]
	for _, verb := range []string{"GET ", "POST ", "PUT ", "HEAD ", "PATCH ", "DELETE ", "OPTIONS ", "path=", "uri=", `uri":"`, `path":"`, `path": "`} {
		if strings.Contains(before, verb) {
			return start, end, false
		}
	}
	return start, start + len(name), len(name) > 1 && !strings.Contains(machineUsers, " "+strings.ToLower(name)+" ")
}
