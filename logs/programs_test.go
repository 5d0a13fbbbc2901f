package logs

import (
	"strings"
	"testing"
)

// TestPrograms reads a line or two as many programs write them. All but the
// first column's clocks are of 11:45:02 on 30 July 2024.
func TestPrograms(t *testing.T) {
	for _, row := range []struct{ program, line, want string }{
		{"klog", "E0730 11:45:02.123456    1 server.go:12] no connection", "2024-07-30T11:45:02.123456Z error"},
		{"glog with a year", "W20240730 11:45:02.123456    1 server.cc:12] slow", "2024-07-30T11:45:02.123456Z warning"},
		{"log4j", "2024-07-30 11:45:02,123 ERROR [main] c.e.App: no connection", "2024-07-30T11:45:02.123Z error"},
		{"logback", "11:45:02.123 [main] ERROR c.e.App - no connection", "2024-07-30T11:45:02.123Z error"},
		{"Spring Boot", "2024-07-30T11:45:02.123+02:00  WARN 1234 --- [orders] [nio-1] c.e.App : slow", "2024-07-30T09:45:02.123Z warning"},
		{"Python", "2024-07-30 11:45:02,123 - app.worker - ERROR - no connection", "2024-07-30T11:45:02.123Z error"},
		{"Airflow", "[2024-07-30 11:45:02,123] {taskinstance.py:12} ERROR - no connection", "2024-07-30T11:45:02.123Z error"},
		{"Celery", "[2024-07-30 11:45:02,123: ERROR/MainProcess] no connection", "2024-07-30T11:45:02.123Z error"},
		{"zap console", "2024-07-30T11:45:02.123Z\terror\tapi/h.go:41\tno connection", "2024-07-30T11:45:02.123Z error"},
		{"Go log", "2024/07/30 11:45:02.123456 main.go:12: served", "2024-07-30T11:45:02.123456Z unknown"},
		{"Rust tracing", "2024-07-30T11:45:02.123456Z  WARN orders::db: slow", "2024-07-30T11:45:02.123456Z warning"},
		{"Rails", "E, [2024-07-30T11:45:02.123456 #77] ERROR -- : no connection", "2024-07-30T11:45:02.123456Z error"},
		{"Elixir", "11:45:02.123 [error] no connection", "2024-07-30T11:45:02.123Z error"},
		{"MySQL 8", "2024-07-30T11:45:02.123456Z 0 [Warning] [MY-010068] [Server] slow", "2024-07-30T11:45:02.123456Z warning"},
		{"MySQL 5", "240730 11:45:02 [ERROR] no connection", "2024-07-30T11:45:02Z error"},
		{"MariaDB", "2024-07-30 11:45:02 0 [Note] ready", "2024-07-30T11:45:02Z info"},
		{"Redis", "17:M 30 Jul 2024 11:45:02.123 # out of memory", "2024-07-30T11:45:02.123Z warning"},
		{"MongoDB 4", "2024-07-30T11:45:02.123+0000 W NETWORK  [conn1] slow", "2024-07-30T11:45:02.123Z warning"},
		{"Kafka", "[2024-07-30 11:45:02,123] ERROR [Broker id=1] no connection (kafka.server)", "2024-07-30T11:45:02.123Z error"},
		{"ZooKeeper", "2024-07-30 11:45:02,123 [myid:1] - WARN  [main:X@1] - slow", "2024-07-30T11:45:02.123Z warning"},
		{"Cassandra", "WARN  [main] 2024-07-30 11:45:02,123 X.java:12 - slow", "2024-07-30T11:45:02.123Z warning"},
		{"Elasticsearch", "[2024-07-30T11:45:02,123][WARN ][o.e.x] [node-1] slow", "2024-07-30T11:45:02.123Z warning"},
		{"Consul", "2024-07-30T11:45:02.123Z [ERROR] agent: no connection", "2024-07-30T11:45:02.123Z error"},
		{"RabbitMQ", "2024-07-30 11:45:02.123456+02:00 [error] <0.1.0> no connection", "2024-07-30T09:45:02.123456Z error"},
		{"Jenkins", "2024-07-30 11:45:02.123+0000 [id=1]\tSEVERE\th.X#y: no connection", "2024-07-30T11:45:02.123Z error"},
		{"Tomcat", "30-Jul-2024 11:45:02.123 SEVERE [main] org.x no connection", "2024-07-30T11:45:02.123Z error"},
		{"java.util.logging", "Jul 30, 2024 11:45:02 AM org.x.Y start", "2024-07-30T11:45:02Z unknown"},
		{"WebLogic", "####<Jul 30, 2024 11:45:02 AM UTC> <Error> <Deployer> no connection", "2024-07-30T11:45:02Z error"},
		{"WebSphere", "[7/30/24 11:45:02:123 UTC] 00000001 X  E   no connection", "2024-07-30T11:45:02.123Z error"},
		{"HDFS", "240730 114502 148 WARN dfs.DataNode$X: slow", "2024-07-30T11:45:02Z warning"},
		{"Spark", "24/07/30 11:45:02 ERROR executor.X: no connection", "2024-07-30T11:45:02Z error"},
		{"Hadoop", "2024-07-30 11:45:02,123 WARN [main] org.x: slow", "2024-07-30T11:45:02.123Z warning"},
		{"HealthApp", "20240730-11:45:2:606|Step_LSC|3000|onStandStepChanged", "2024-07-30T11:45:02.606Z unknown"},
		{"Proxifier", "[07.30 11:45:02] chrome.exe - proxy open", "2024-07-30T11:45:02Z unknown"},
		{"BGL", "- 1722339902 2024.07.30 R02-M1 2024-07-30-11.45.02.675872 R02-M1 RAS", "2024-07-30T11:45:02Z unknown"},
		{"Thunderbird", "- 1722339902 2024.07.30 dn228 Jul 30 11:45:02 dn228/dn228 crond: x", "2024-07-30T11:45:02Z unknown"},
		{"HPC", "134681 node-246 unix.hw state_change.unavailable 1722339902 1 x", "2024-07-30T11:45:02Z unknown"},
		{"OpenStack", "nova.log.1.2024-07-30_12:00:08 2024-07-30 11:45:02.008 25746 INFO nova.x y", "2024-07-30T11:45:02.008Z info"},
		{"Windows CBS", "2024-07-30 11:45:02, Error                 CBS    no connection", "2024-07-30T11:45:02Z error"},
		{"Windows Update", "2024/07/30 11:45:02.1234567 1234  5678  Agent           started", "2024-07-30T11:45:02.1234567Z unknown"},
		{"logcat", "07-30 11:45:02.123  1702  2395 E WindowManager: no connection", "2024-07-30T11:45:02.123Z error"},
		{"Chromium", "[1234:5678:0730/114502.123456:ERROR:gpu.cc(12)] no connection", "2024-07-30T11:45:02.123456Z error"},
		{"Asterisk", "[2024-07-30 11:45:02] ERROR[123] x.c: no connection", "2024-07-30T11:45:02Z error"},
		{"Exim", "2024-07-30 11:45:02 1abcDE-000 <= dana@example.com", "2024-07-30T11:45:02Z unknown"},
		{"vsftpd", "Tue Jul 30 11:45:02 2024 [pid 2] CONNECT: Client 10.0.0.1", "2024-07-30T11:45:02Z unknown"},
		{"Oracle listener", "30-JUL-2024 11:45:02 * (CONNECT_DATA=(SID=x)) * establish", "2024-07-30T11:45:02Z unknown"},
		{"DB2", "2024-07-30-11.45.02.123456+120 I1A2   LEVEL: Error", "2024-07-30T09:45:02.123456Z error"},
		{"Samba", "[2024/07/30 11:45:02.123456,  0] ../source3/x.c:1(y)", "2024-07-30T11:45:02.123456Z unknown"},
		{"Squid", "1722339902.123    200 10.0.0.1 TCP_MISS/200 1 GET http://x/", "2024-07-30T11:45:02.123Z unknown"},
		{"dpkg", "2024-07-30 11:45:02 status installed vim:amd64 2:9", "2024-07-30T11:45:02Z unknown"},
		{"pacman", "[2024-07-30T11:45:02+0200] [ALPM] upgraded vim", "2024-07-30T09:45:02Z unknown"},
		{"Icinga", "[2024-07-30 11:45:02 +0200] warning/Checker: slow", "2024-07-30T09:45:02Z warning"},
		{"Nagios", "[1722339902] SERVICE ALERT: web;HTTP;CRITICAL;HARD;3;no connection", "2024-07-30T11:45:02Z error"},
		{"PHP", "[30-Jul-2024 11:45:02 Europe/Berlin] PHP Fatal error:  out of memory", "2024-07-30T11:45:02Z error"},
		{"multilog", "@4000000066a8d248075bcd15 status: 5/30", "2024-07-30T11:45:02.123456789Z unknown"},
	} {
		input := row.line + "\n" + row.line + "\n"
		name, sure := Detect("x.log", []byte(input))
		if name == "" || sure < 40 {
			t.Errorf("%s: taken for %q, %d %% sure", row.program, name, sure)
			continue
		}
		f, _ := Find(name)
		if got := readLines(f, []byte(input)); !strings.HasPrefix(got, " 1 "+row.want) {
			t.Errorf("%s, read as %s: got\n%swant %s", row.program, name, got, row.want)
		}
	}
}
