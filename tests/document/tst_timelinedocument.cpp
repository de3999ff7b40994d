// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/library/scenariolibrary.h"
#include "ui/document/timelinedocument.h"
#include "ui/models/incidenttablemodel.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QItemSelectionModel>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using std::chrono::milliseconds;
using std::chrono::seconds;

class TestTimelineDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsEmptyAndUntouched();
    void editIsOneStepWithItsName();
    void stepsOfOneGestureAreOne();
    void aGestureThatComesBackIsNoStep();
    void anEditOfRowsCostsTheseRows();
    void savedMarkFollowsUndo();
    void undoReachesBehindASave();
    void noticesAFileThatChangedOnDisk();
    void failedSaveKeepsFileAndSteps();
    void editedTextKeepsTheIncidentsIds();
    void writtenCausesStayTheSameIncidents();
    void brokenTextChangesNothing();
    void refusesEditsWhileLocked();
    void randomEditsComeBackByteForByte();
    void selectionStaysWithItsIncidents();
};

static QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

static void put(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

static const QByteArray Annotated = "// Kept by hand.\n"
                                    "{\n"
                                    "    \"name\": \"Hand made\",\n"
                                    "    \"x-team\": {\"pager\": 1.50e1},\n"
                                    "    \"description\": \"\",\n"
                                    "    \"duration_minutes\": 12.0,\n"
                                    "    \"incidents\": [\n"
                                    "        // the first\n"
                                    "        {\"delay_seconds\": 0, \"type\": \"predefined\", "
                                    "\"scenario_id\": \"pod_crash_loop\", \"x\": 1},\n"
                                    "        {\"type\": \"llm_generated\", \"delay_seconds\": 6e1, "
                                    "\"llm_prompt\": \"Disk\", \"service_name\": \"db\"}, // two\n"
                                    "        {\"delay_seconds\": 90, \"type\": \"predefined\", "
                                    "\"scenario_id\": \"memory_leak_gradual\", \"id\": \"leak\"}\n"
                                    "    ],\n"
                                    "    \"markers\": [{\"at_seconds\": 30, \"name\": \"M\"}]\n"
                                    "}\n";

static Timeline movedBy(const TimelineDocument &document, int row, milliseconds by)
{
    Timeline after = document.timeline();
    after.incidents[row].delay += by;
    return after;
}

void TestTimelineDocument::startsEmptyAndUntouched()
{
    const TimelineDocument document;
    QVERIFY(document.isUntouched());
    QVERIFY(!document.isModified());
    QVERIFY(document.path().isEmpty());
    QVERIFY(document.timeline().incidents.isEmpty());
    QVERIFY(!document.displayName().isEmpty());
}

void TestTimelineDocument::editIsOneStepWithItsName()
{
    TimelineDocument document;
    QVERIFY(document.restore(Annotated, {}).has_value());
    QSignalSpy changed(&document, &TimelineDocument::changed);
    QVERIFY(document.edit(QStringLiteral("Move it"), movedBy(document, 1, seconds(5))));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(document.undoStack()->count(), 1);
    QCOMPARE(document.undoStack()->undoText(), QStringLiteral("Move it"));
    QVERIFY(document.text().contains("\"delay_seconds\": 65"));
    QVERIFY(!document.edit(QStringLiteral("Nothing"), document.timeline()));
    QCOMPARE(document.undoStack()->count(), 1);
    document.undoStack()->undo();
    QCOMPARE(document.text(), Annotated);
}

void TestTimelineDocument::stepsOfOneGestureAreOne()
{
    TimelineDocument document;
    QVERIFY(document.restore(Annotated, {}).has_value());
    const QString gesture = QStringLiteral("spin 1");
    for (int i = 0; i < 5; ++i) {
        document.edit(QStringLiteral("Move"), movedBy(document, 1, seconds(1)), gesture);
    }
    QCOMPARE(document.undoStack()->count(), 1);
    document.edit(QStringLiteral("Move"), movedBy(document, 2, seconds(1)), gesture);
    QCOMPARE(document.undoStack()->count(), 2);
    document.edit(QStringLiteral("Move"), movedBy(document, 2, seconds(1)), QStringLiteral("spin"));
    QCOMPARE(document.undoStack()->count(), 3);
    while (document.undoStack()->canUndo()) {
        document.undoStack()->undo();
    }
    QCOMPARE(document.text(), Annotated);
    while (document.undoStack()->canRedo()) {
        document.undoStack()->redo();
    }
    QVERIFY(document.timeline().incidents[1].delay == seconds(65));
    QVERIFY(document.timeline().incidents[2].delay == seconds(92));
}

void TestTimelineDocument::aGestureThatComesBackIsNoStep()
{
    TimelineDocument document;
    const QString gesture = QStringLiteral("spin");
    QVERIFY(document.restore(Annotated, {}).has_value());
    document.edit(QStringLiteral("Move"), movedBy(document, 1, seconds(1)), gesture);
    document.edit(QStringLiteral("Move"), movedBy(document, 1, seconds(-1)), gesture);
    QCOMPARE(document.undoStack()->count(), 0);
    QCOMPARE(document.text(), Annotated);
}

void TestTimelineDocument::anEditOfRowsCostsTheseRows()
{
    const auto documentOf = [](int incidents) {
        auto document = std::make_unique<TimelineDocument>();
        Timeline timeline;
        for (int i = 0; i < incidents; ++i) {
            Incident incident;
            incident.id = QString::number(i);
            incident.scenarioId = QStringLiteral("pod_crash_loop");
            timeline.incidents.append(incident);
        }
        document->edit(QStringLiteral("Make"), timeline);
        return document;
    };
    const auto type = [](TimelineDocument &document, int letters) {
        QElapsedTimer timer;
        timer.start();
        for (int i = 1; i <= letters; ++i) {
            document.editRows(
                QStringLiteral("Change the notes"), {1},
                [i](Incident &incident) { incident.notes = QString(i, u'x'); },
                QStringLiteral("notes 1"));
        }
        return timer.nsecsElapsed();
    };
    auto few = documentOf(10);
    auto many = documentOf(20000);
    constexpr int Letters = 200;
    type(*few, 1);
    type(*many, 1);
    const int steps = many->undoStack()->count();
    const qint64 inFew = type(*few, Letters);
    const qint64 inMany = type(*many, Letters);
    QCOMPARE(many->undoStack()->count(), steps); // one gesture
    QCOMPARE(many->timeline().incidents[1].notes, QString(Letters, u'x'));
    constexpr int MostTimes = 5; // copying or comparing all of them takes hundreds of times
    QVERIFY2(inMany < MostTimes * inFew,
             qPrintable(QStringLiteral("%1 ns, %2 ns").arg(inMany).arg(inFew)));
    many->undoStack()->undo();
    QVERIFY(many->timeline().incidents[1].notes.isEmpty());
}

void TestTimelineDocument::savedMarkFollowsUndo()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("a.json"));
    put(path, Annotated);
    TimelineDocument document;
    QVERIFY(document.load(path).has_value());
    QVERIFY(!document.isModified());
    document.edit(QStringLiteral("Move"), movedBy(document, 0, seconds(1)));
    QVERIFY(document.isModified());
    QVERIFY(document.save(path).has_value());
    QVERIFY(!document.isModified());
    document.undoStack()->undo();
    QVERIFY(document.isModified());
    document.undoStack()->redo();
    QVERIFY(!document.isModified());
}

void TestTimelineDocument::undoReachesBehindASave()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("a.json"));
    put(path, Annotated);
    TimelineDocument document;
    QVERIFY(document.load(path).has_value());
    Timeline fewer = document.timeline();
    fewer.incidents.removeFirst();
    document.edit(QStringLiteral("Delete"), fewer);
    QVERIFY(document.save(path).has_value());
    QVERIFY(!contents(path).contains("the first"));
    document.undoStack()->undo();
    QVERIFY(document.save(path).has_value());
    QCOMPARE(contents(path), Annotated); // the comment and the unknown key with it
}

void TestTimelineDocument::noticesAFileThatChangedOnDisk()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("a.json"));
    put(path, Annotated);
    TimelineDocument document;
    QVERIFY(document.load(path).has_value());
    QVERIFY(!document.isChangedOnDisk());
    put(path, Annotated + "\n");
    QVERIFY(document.isChangedOnDisk());
    QVERIFY(document.load(path).has_value());
    QVERIFY(!document.isChangedOnDisk());
    QVERIFY(QFile::remove(path));
    QVERIFY(document.isChangedOnDisk());
    QVERIFY(document.save(path).has_value());
    QVERIFY(!document.isChangedOnDisk());
}

void TestTimelineDocument::failedSaveKeepsFileAndSteps()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("a.json"));
    put(path, Annotated);
    TimelineDocument document;
    QVERIFY(document.load(path).has_value());
    document.edit(QStringLiteral("Move"), movedBy(document, 0, seconds(1)));
    const auto saved = document.save(QStringLiteral("/dev/full/a.json"));
    QVERIFY(!saved.has_value());
    QVERIFY(saved.error().message.contains(QStringLiteral("could not be saved")));
    QCOMPARE(document.path(), path);
    QVERIFY(document.isModified());
    QCOMPARE(contents(path), Annotated);
}

void TestTimelineDocument::editedTextKeepsTheIncidentsIds()
{
    TimelineDocument document;
    QVERIFY(document.restore(Annotated, {}).has_value());
    const QString first = document.timeline().incidents[0].id;
    const QString second = document.timeline().incidents[1].id;
    QByteArray text = Annotated;
    text.replace("6e1", "61");
    const QString gesture = QStringLiteral("typing");
    QVERIFY(document.editText(QStringLiteral("Edit text"), text, gesture).has_value());
    text.replace("61", "62");
    QVERIFY(document.editText(QStringLiteral("Edit text"), text, gesture).has_value());
    QCOMPARE(document.undoStack()->count(), 1);
    QCOMPARE(document.text(), text);
    QCOMPARE(document.timeline().incidents[0].id, first);
    QCOMPARE(document.timeline().incidents[1].id, second);
    QVERIFY(document.timeline().incidents[1].delay == seconds(62));

    // An incident in front of the others takes nobody's place.
    text.replace("        // the first\n", "        {\"delay_seconds\": 3, \"type\": "
                                           "\"predefined\", \"scenario_id\": \"x\"},\n"
                                           "        // the first\n");
    QVERIFY(document.editText(QStringLiteral("Edit text"), text).has_value());
    QCOMPARE(document.timeline().incidents[1].id, first);
    QCOMPARE(document.timeline().incidents[2].id, second);
    document.undoStack()->undo();
    document.undoStack()->undo();
    QCOMPARE(document.text(), Annotated);
}

void TestTimelineDocument::writtenCausesStayTheSameIncidents()
{
    TimelineDocument document;
    QVERIFY(document.restore(Annotated, {}).has_value());
    Timeline caused = document.timeline();
    const QString first = caused.incidents[0].id;
    const QString second = caused.incidents[1].id;
    const QByteArray written = QStringLiteral("\"id\": \"%1\"").arg(first.mid(1)).toUtf8();
    caused.incidents[1].causedBy = first;
    QVERIFY(document.edit(QStringLiteral("Cause"), caused));
    QVERIFY(document.text().contains(written));

    const auto typed = [&](const QByteArray &before, const QByteArray &after) {
        QByteArray text = document.text();
        text.replace(before, after);
        return document.editText(QStringLiteral("Edit text"), text).has_value() &&
               document.text() == text;
    };
    QVERIFY(typed("\"delay_seconds\": 90", "\"delay_seconds\": 91"));
    QCOMPARE(document.timeline().incidents[0].id, first);
    QCOMPARE(document.timeline().incidents[1].id, second);
    QCOMPARE(document.timeline().incidents[1].causedBy, first);

    // The text names it, so it is known where it now stands: not even an equal place is taken.
    QVERIFY(typed("        // the first\n", "        {\"delay_seconds\": 3, \"type\": "
                                            "\"predefined\", \"scenario_id\": \"x\"},\n"
                                            "        // the first\n"));
    QCOMPARE(document.timeline().incidents[1].id, first);
    QCOMPARE(document.timeline().incidents[2].id, second);
    QCOMPARE(document.timeline().incidents[2].causedBy, first);
    QSet<QString> ids;
    for (const Incident &incident : document.timeline().incidents) {
        ids.insert(incident.id);
    }
    QCOMPARE(ids.size(), 4);

    // What is edited next is written where it belongs.
    Timeline held = document.timeline();
    held.incidents[1].hold = true;
    QVERIFY(document.edit(QStringLiteral("Hold"), held));
    QCOMPARE(document.text().count(written), 1);
    while (document.undoStack()->canUndo()) {
        document.undoStack()->undo();
    }
    QCOMPARE(document.text(), Annotated);
}

void TestTimelineDocument::brokenTextChangesNothing()
{
    TimelineDocument document;
    QVERIFY(document.restore(Annotated, {}).has_value());
    const auto edited = document.editText(QStringLiteral("Edit text"), "{\"incidents\": [}");
    QVERIFY(!edited.has_value());
    QVERIFY(edited.error().line > 0);
    QCOMPARE(document.undoStack()->count(), 0);
    QCOMPARE(document.text(), Annotated);
}

void TestTimelineDocument::refusesEditsWhileLocked()
{
    TimelineDocument document;
    QVERIFY(document.restore(Annotated, {}).has_value());
    document.setLocked(true);
    QVERIFY(!document.edit(QStringLiteral("Move"), movedBy(document, 0, seconds(1))));
    QVERIFY(!document.editText(QStringLiteral("Edit text"), "{\"incidents\": []}").has_value());
    QCOMPARE(document.text(), Annotated);
}

/** One edit of any kind, with values that a user could give. */
static Timeline randomEdit(const Timeline &before, QRandomGenerator &random)
{
    Timeline after = before;
    const auto any = [&](int count) { return int(random.bounded(count)); };
    const int count = int(after.incidents.size());
    switch (any(10)) {
    case 0:
    case 1: {
        Incident fresh;
        fresh.id = TimelineFile::makeId();
        fresh.delay = seconds(any(900));
        fresh.scenarioId = QStringLiteral("pod_crash_loop");
        after.incidents.insert(any(count + 1), fresh);
        break;
    }
    case 2:
        for (int i = any(3); i >= 0 && !after.incidents.isEmpty(); --i) {
            after.incidents.removeAt(any(int(after.incidents.size())));
        }
        break;
    case 3:
        for (Incident &incident : after.incidents) {
            if (any(2) == 0) {
                incident.delay += milliseconds(any(5000));
            }
        }
        break;
    case 4:
        if (count > 1) {
            after.incidents.move(any(count), any(count));
        }
        break;
    case 5:
        if (count > 0) {
            Incident &incident = after.incidents[any(count)];
            incident.title = QStringLiteral("Title %1").arg(any(9));
            incident.hold = any(2) == 0;
            incident.variables.insert(QStringLiteral("v"), QString::number(any(5)));
        }
        break;
    case 6:
        if (count > 0) {
            Incident &incident = after.incidents[any(count)];
            incident.type = IncidentType::LlmGenerated;
            incident.prompt = QStringLiteral("Prompt “%1”\n").arg(any(9));
            incident.serviceName = QStringLiteral("service-%1").arg(any(4));
        }
        break;
    case 7:
        if (any(2) == 0 && !after.markers.isEmpty()) {
            after.markers.removeAt(any(int(after.markers.size())));
        } else {
            after.markers.append({seconds(any(900)), QString::number(any(9)), {}});
        }
        break;
    case 8:
        if (any(2) == 0 && !after.lanes.isEmpty()) {
            after.lanes.move(any(int(after.lanes.size())), 0);
        } else {
            after.lanes.append({QStringLiteral("service-%1-%2").arg(any(99)).arg(any(99)),
                                any(2) == 0, false, false});
        }
        break;
    default:
        after.name = QStringLiteral("Name %1").arg(any(9));
        after.durationMinutes = any(60);
        after.variables.insert(QString::number(any(3)), QStringLiteral("x"));
    }
    return after;
}

void TestTimelineDocument::randomEditsComeBackByteForByte()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("a.json"));
    put(path, Annotated);
    QRandomGenerator random(20261123);
    TimelineDocument document;
    QVERIFY(document.load(path).has_value());
    const Timeline start = document.timeline();

    // The table follows every step, and must always be what it would be when read anew.
    const ScenarioLibrary library;
    IncidentTableModel model;
    QAbstractItemModelTester tester(&model);
    model.setTimeline(document.timeline(), library);
    connect(&document, &TimelineDocument::changed, &model, [&](const TimelineChange &change) {
        model.applyChange(change, document.timeline(), library);
    });
    const auto check = [&] {
        QCOMPARE(model.rowCount(), int(document.timeline().incidents.size()));
        for (int row = 0; row < model.rowCount(); ++row) {
            const Incident &incident = document.timeline().incidents[row];
            const SceneBlock &block = model.scene().blocks[size_t(row)];
            QVERIFY(block.start == incident.delay);
            QCOMPARE(model.scene().lanes[size_t(block.lane)].service,
                     incident.serviceName.value_or(QStringLiteral("payment-service")));
        }
    };

    QList<QByteArray> texts{document.text()};
    int edits = 0;
    while (edits < 3000) {
        ++edits;
        const int steps = document.undoStack()->index();
        if (random.bounded(20) == 0) {
            // By hand, in the text.
            QByteArray text = document.text();
            text.replace("\"Hand made\"", "\"Hand made again\"");
            text.insert(0, "// again\n");
            QVERIFY(document.editText(QStringLiteral("Edit text"), text).has_value());
        } else {
            document.edit(QStringLiteral("Edit"), randomEdit(document.timeline(), random));
        }
        if (random.bounded(50) == 0) {
            QVERIFY(document.save(path).has_value());
        }
        if (document.undoStack()->index() > steps) {
            texts.append(document.text());
        }
        if (random.bounded(10) == 0) {
            check();
        }
    }
    const Timeline end = document.timeline();
    const int steps = document.undoStack()->count();
    QCOMPARE(steps, int(texts.size()) - 1);
    for (int step = steps; step > 0; --step) {
        document.undoStack()->undo();
        QCOMPARE(document.text(), texts[step - 1]);
    }
    check();
    QVERIFY(document.timeline() == start);
    QVERIFY(document.save(path).has_value());
    QCOMPARE(contents(path), Annotated);
    for (int step = 1; step <= steps; ++step) {
        document.undoStack()->redo();
        QCOMPARE(document.text(), texts[step]);
    }
    check();
    QVERIFY(document.timeline() == end);
}

void TestTimelineDocument::selectionStaysWithItsIncidents()
{
    TimelineDocument document;
    QVERIFY(document.restore(Annotated, {}).has_value());
    const ScenarioLibrary library;
    IncidentTableModel model;
    model.setTimeline(document.timeline(), library);
    QItemSelectionModel selection(&model);
    connect(&document, &TimelineDocument::changed, &model, [&](const TimelineChange &change) {
        model.applyChange(change, document.timeline(), library);
    });
    selection.select(model.index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    Timeline after = document.timeline();
    after.incidents.removeFirst();
    Incident fresh;
    fresh.id = TimelineFile::makeId();
    after.incidents.append(fresh);
    document.edit(QStringLiteral("Exchange"), after);
    QCOMPARE(selection.selectedRows().size(), 1);
    QCOMPARE(selection.selectedRows().first().row(), 0);
    document.undoStack()->undo();
    QCOMPARE(selection.selectedRows().first().row(), 1);
}

QTEST_GUILESS_MAIN(TestTimelineDocument)
#include "tst_timelinedocument.moc"
