// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/timelinefile.h"
#include "tests/base/commentedjson.h"

#include <QTest>

using CommentedJson::Tree;

/**
 * Edits of timelines whose files are full of remarks: each remark stays with what it is about, and
 * goes only with that. JSON_EDIT_ROUNDS sets the number of files, JSON_EDIT_SEED the first.
 */
class TestTimelineRemarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aHoldComesOnItsOwnLine_data();
    void aHoldComesOnItsOwnLine();
    void aHoldGoesAlone();
    void aVariableChangesAlone();
    void everyEditKeepsTheRemarksOfOthers();

private:
    Tree file(QRandomGenerator &random);
    bool edit(QRandomGenerator &random, QByteArray *text);
    int m_names = 0;
};

namespace {

const QByteArray Remarked = R"({
  // Written for the drill in spring.

  "name": "Spring", // until we find a better one
  "variables": { "region": "eu", /* of the pool */ "pool": "blue" },
  "incidents": [
    {
      "delay_seconds": 1.50e1, // after the greeting
      // the quiet one
      "type": "predefined",
      "scenario_id": "pod_crash_loop" // as agreed with the team
    },
    {
      "delay_seconds": 60,
      "hold": true, // wait for silence
      // the loud one
      "type": "predefined", // not generated
      "scenario_id": "memory_leak_gradual"
    }
  ]
}
)";

QByteArray withHolds(const QByteArray &text, bool first, bool second)
{
    const TimelineFile file = *TimelineFile::parse(text, {});
    Timeline timeline = file.timeline();
    timeline.incidents[0].hold = first;
    timeline.incidents[1].hold = second;
    return file.textFor(timeline);
}

Tree scalar(const char *key, const QByteArray &spelling)
{
    return {key, spelling, false, {}};
}

Tree list(const char *key)
{
    return {key, {}, true, {}};
}

Tree object(const char *key)
{
    return {key, {}, false, {}};
}

} // namespace

void TestTimelineRemarks::aHoldComesOnItsOwnLine_data()
{
    QTest::addColumn<QByteArray>("lineEnd");
    QTest::newRow("Unix") << QByteArray("\n");
    QTest::newRow("Windows") << QByteArray("\r\n");
}

void TestTimelineRemarks::aHoldComesOnItsOwnLine()
{
    QFETCH(QByteArray, lineEnd);
    QByteArray before = Remarked;
    before.replace("\n", lineEnd);
    QByteArray expected = before;
    expected.replace("\"pod_crash_loop\" //", "\"pod_crash_loop\", //");
    expected.replace("with the team",
                     QByteArray("with the team" + lineEnd + "      \"hold\": true"));
    QCOMPARE(withHolds(before, true, true), expected);
    QCOMPARE(withHolds(expected, false, true), before);
}

void TestTimelineRemarks::aHoldGoesAlone()
{
    QByteArray expected = Remarked;
    expected.replace("      \"hold\": true, // wait for silence\n", "");
    QCOMPARE(withHolds(Remarked, false, false), expected);
}

void TestTimelineRemarks::aVariableChangesAlone()
{
    const TimelineFile file = *TimelineFile::parse(Remarked, {});
    Timeline timeline = file.timeline();
    timeline.variables[QStringLiteral("region")] = QStringLiteral("us");
    timeline.variables[QStringLiteral("tier")] = QStringLiteral("one");
    QByteArray expected = Remarked;
    expected.replace("\"eu\"", "\"us\"").replace("\"blue\" }", "\"blue\", \"tier\": \"one\" }");
    QCOMPARE(file.textFor(timeline), expected);
    timeline.variables.remove(QStringLiteral("pool"));
    expected.replace(" /* of the pool */ \"pool\": \"blue\",", "");
    QCOMPARE(file.textFor(timeline), expected);
}

Tree TestTimelineRemarks::file(QRandomGenerator &random)
{
    const auto oneIn = [&random](int count) { return random.bounded(count) == 0; };
    const auto fresh = [this](char kind) -> QByteArray {
        return '"' + QByteArray(1, kind) + QByteArray::number(++m_names) + '"';
    };
    Tree root = object("");
    root.children.push_back(scalar("name", "\"Busy // day\""));
    root.children.push_back(scalar("duration_minutes", "20.0"));
    Tree owner = object("x_owner");
    owner.children.push_back(scalar("pager", "1.50e1"));
    root.children.push_back(owner);
    Tree variables = object("variables");
    variables.children.push_back(scalar("a", "\"1\""));
    variables.children.push_back(scalar("b", "\"2\""));
    root.children.push_back(variables);
    Tree incidents = list("incidents");
    for (int i = random.bounded(1, 5); i > 0; --i) {
        Tree incident = object("");
        incident.children = {scalar("id", fresh('i')), scalar("delay_seconds", "1.50e1"),
                             scalar("type", "\"predefined\""), scalar("scenario_id", "\"x\"")};
        for (const char *flag : {"hold", "fresh"}) {
            if (oneIn(3)) {
                incident.children.push_back(scalar(flag, "true"));
            }
        }
        for (const char *text : {"comment", "title", "x_mine", "notes"}) {
            if (oneIn(3)) {
                incident.children.push_back(scalar(text, "\"some /* text */\""));
            }
        }
        incidents.children.push_back(incident);
    }
    root.children.push_back(incidents);
    Tree lanes = list("lanes");
    for (int i = random.bounded(1, 4); i > 0; --i) {
        Tree lane = object("");
        lane.children = {scalar("service", fresh('s')), scalar("x_color", "\"red\"")};
        lanes.children.push_back(lane);
    }
    root.children.push_back(lanes);
    Tree markers = list("markers");
    for (int i = random.bounded(1, 3); i > 0; --i) {
        Tree marker = object("");
        marker.children = {scalar("name", fresh('m')), scalar("at_seconds", "5.0")};
        markers.children.push_back(marker);
    }
    root.children.push_back(markers);
    return root;
}

bool TestTimelineRemarks::edit(QRandomGenerator &random, QByteArray *text)
{
    const TimelineFile file = *TimelineFile::parse(*text, {});
    Timeline timeline = file.timeline();
    bool mayMove = false;
    for (int k = random.bounded(1, 4); k > 0; --k) {
        QList<Incident> &incidents = timeline.incidents;
        const qsizetype at = incidents.isEmpty() ? -1 : random.bounded(incidents.size());
        const QString name = QString::number(++m_names);
        switch (at < 0 ? 0 : random.bounded(14)) {
        case 0: {
            Incident incident;
            incident.id = u'n' + name;
            incident.scenarioId = QStringLiteral("pod_crash_loop");
            incidents.insert(random.bounded(incidents.size() + 1), incident);
            break;
        }
        case 1:
            incidents.removeAt(at);
            break;
        case 2:
            incidents.move(at, random.bounded(incidents.size()));
            mayMove = true;
            break;
        case 3:
        case 4:
            incidents[at].hold = !incidents[at].hold;
            break;
        case 5:
            incidents[at].fresh = !incidents[at].fresh;
            break;
        case 6:
            incidents[at].comment = random.bounded(2) ? u"now // " + name : QString();
            break;
        case 7:
            incidents[at].title = random.bounded(2) ? name : QString();
            break;
        case 8:
            incidents[at].delay = std::chrono::milliseconds(random.bounded(100000));
            break;
        case 9:
            incidents[at].variables.insert(QStringLiteral("v%1").arg(random.bounded(3)), name);
            break;
        case 10:
            if (!timeline.lanes.isEmpty()) {
                Lane &lane = timeline.lanes[random.bounded(timeline.lanes.size())];
                lane.muted = !lane.muted;
            }
            break;
        case 11:
            timeline.lanes.append({u's' + name, false, true, false});
            timeline.lanes.move(timeline.lanes.size() - 1, random.bounded(timeline.lanes.size()));
            mayMove = true;
            break;
        case 12:
            if (!timeline.markers.isEmpty() && random.bounded(2)) {
                timeline.markers.removeLast();
            } else {
                timeline.markers.append({std::chrono::seconds(m_names), u'm' + name, {}});
            }
            break;
        default:
            timeline.variables.remove(QStringLiteral("a"));
            timeline.variables.insert(QStringLiteral("v%1").arg(random.bounded(3)), name);
            break;
        }
    }
    const QByteArray after = file.textFor(timeline);
    const Result<TimelineFile> read = TimelineFile::parse(after, {});
    QByteArray wrong;
    if (!read) {
        wrong = read.error().toString().toUtf8();
    } else if (!(read->timeline() == timeline)) {
        wrong = "another timeline";
    } else if (file.textFor(file.timeline()) != *text) {
        wrong = "undone, it is another text";
    } else {
        wrong = CommentedJson::damage(*text, after, mayMove);
    }
    if (!wrong.isEmpty()) {
        qWarning("%s\n--- before\n%s\n--- after\n%s", wrong.constData(), text->constData(),
                 after.constData());
        return false;
    }
    *text = after;
    return true;
}

void TestTimelineRemarks::everyEditKeepsTheRemarksOfOthers()
{
    const int rounds = qEnvironmentVariableIntValue("JSON_EDIT_ROUNDS");
    const int seed = qEnvironmentVariableIntValue("JSON_EDIT_SEED");
    constexpr int Usual = 400;
    for (int round = 0; round < (rounds > 0 ? rounds : Usual); ++round) {
        QRandomGenerator random(quint32(seed + round));
        QByteArray text = CommentedJson::Writer(random).spell(file(random));
        for (int i = 0; i < 6; ++i) {
            QVERIFY2(edit(random, &text), qPrintable(QStringLiteral("seed %1").arg(seed + round)));
        }
    }
}

QTEST_GUILESS_MAIN(TestTimelineRemarks)
#include "tst_timelineremarks.moc"
