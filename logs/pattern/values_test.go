package pattern

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
)

var (
	names   = strings.Fields("orders billing cart search catalog profile inventory ledger mailer gateway shipping audit session metrics quota")
	users   = strings.Fields("alice bob carol root admin deploy mallory postgres oracle test guest backup svc-ci jenkins dana.kim")
	hosts   = strings.Fields("db-1.prod.example.com web-03 cache.internal api.example.org edge-fra-12 mail.example.net ns1.example.com node-a node-b kafka-2.mq.svc")
	failure = strings.Fields("timeout EOF refused unreachable canceled throttled")
	longer  = []string{"connection reset by peer", "i/o timeout", "context deadline exceeded", "no route to host", "TLS handshake timeout", "EOF", "503 Service Unavailable"}
	paths   = []string{"/", "/health", "/api/v1/users/%d", "/api/v1/orders/%d/items", "/static/app.%x.js", "/checkout", "/login", "/search", "/img/logo.png", "/api/v2/cart/%d"}
	titles  = []string{"Daily apt download activities", "OpenSSH server daemon", "Network Manager", "Docker Application Container Engine", "Session 4 of User root", "PostgreSQL Cluster 15-main", "Network is Online", "Timers"}
)

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

func octets(r *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.IntN(256))
	}
	return b
}

// value draws one of a kind.
func value(r *rand.Rand, kind string) string {
	switch kind {
	case "n":
		return fmt.Sprint(r.IntN(1 << (3 + r.IntN(24))))
	case "small":
		return fmt.Sprint(r.IntN(9))
	case "four":
		return fmt.Sprintf("%04d", r.IntN(10000))
	case "float":
		return fmt.Sprintf("%.*f", 1+r.IntN(3), 500*r.Float64())
	case "ip":
		return fmt.Sprintf("10.%d.%d.%d", r.IntN(256), r.IntN(256), r.IntN(256))
	case "port":
		return fmt.Sprint(1024 + r.IntN(60000))
	case "hex":
		return hex.EncodeToString(octets(r, 6))
	case "hex64":
		return hex.EncodeToString(octets(r, 32))
	case "ptr":
		return "0x" + hex.EncodeToString(octets(r, 6))
	case "base64":
		return base64.RawStdEncoding.EncodeToString(octets(r, 32))
	case "uuid":
		b := hex.EncodeToString(octets(r, 16))
		return b[:8] + "-" + b[8:12] + "-" + b[12:16] + "-" + b[16:20] + "-" + b[20:]
	case "dur":
		return pick(r, []string{fmt.Sprintf("%dms", r.IntN(900)), fmt.Sprintf("%.2fs", 9*r.Float64()), fmt.Sprintf("%dm%ds", 1+r.IntN(9), r.IntN(60))})
	case "clock":
		return fmt.Sprintf("%d:%02d:%02d.%03d", r.IntN(9), r.IntN(60), r.IntN(60), r.IntN(1000))
	case "stamp":
		return fmt.Sprintf("30/Jul/2024:%02d:%02d:%02d.%03d", r.IntN(24), r.IntN(60), r.IntN(60), r.IntN(1000))
	case "block":
		return fmt.Sprintf("blk_%d", r.Int64()-1<<62)
	case "queue":
		return strings.ToUpper(hex.EncodeToString(octets(r, 5)))
	case "code":
		return fmt.Sprintf("A%05d", r.IntN(100000))
	case "version":
		return fmt.Sprintf("v%d.%d.%d", r.IntN(5), r.IntN(20), r.IntN(20))
	case "pod":
		return pick(r, names) + "-" + hex.EncodeToString(octets(r, 4)) + "-x" + hex.EncodeToString(octets(r, 2))
	case "thread":
		return fmt.Sprintf("http-nio-8080-exec-%d", r.IntN(50))
	case "email":
		return strings.ReplaceAll(pick(r, users), "-", ".") + "@" + pick(r, []string{"example.com", "example.net", "mail.example.org"})
	case "url":
		return "https://" + pick(r, hosts) + "/hooks/" + fmt.Sprint(r.IntN(1000))
	case "path":
		p := pick(r, paths)
		if strings.Contains(p, "%") {
			return fmt.Sprintf(p, r.IntN(1<<20))
		}
		return p
	case "dotted":
		return pick(r, names) + ".tasks." + pick(r, []string{"send_mail", "rebuild_index", "sync", "expire", "charge"})
	}
	lists := map[string][]string{
		"word": names, "namespace": {"default", "kube-system", "shop", "payments"}, "user": users, "host": hosts, "error": longer,
		"topic": {"orders", "payments.events", "audit-log", "clicks"}, "unit": {"nginx", "docker", "ssh", "apt-daily", "postgresql@15-main", "node_exporter"},
		"title": titles, "method": {"GET", "POST", "PUT", "DELETE"}, "status": {"200", "404", "500", "502", "503"}, "currency": {"EUR", "USD", "GBP", "SEK"},
		"reason": failure, "probe": {"Readiness", "Liveness", "Startup"}, "resource": {"memory", "ephemeral-storage", "pids"}, "rrtype": {"A", "AAAA", "MX", "TXT", "NS"}, "smtp": {"AUTH", "EHLO", "CONNECT", "RCPT", "DATA"},
		"exception": {"java.net.SocketTimeoutException", "IllegalStateException", "OptimisticLockException", "ConnectionError", "KeyError"},
	}
	return pick(r, lists[kind])
}

// line draws a message of a format.
func line(r *rand.Rand, format string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(format, '{')
		if i < 0 {
			return b.String() + format
		}
		j := i + strings.IndexByte(format[i:], '}')
		b.WriteString(format[:i])
		b.WriteString(value(r, format[i+1:j]))
		format = format[j+1:]
	}
}
