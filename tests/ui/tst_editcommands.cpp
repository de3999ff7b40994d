// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "answers.h"
#include "tests/ui/activation.h"
#include "ui/commands/commandset.h"
#include "ui/document/timelinedocument.h"
#include "ui/library/librarypanel.h"
#include "ui/player/runnowdialog.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/parametersdialog.h"
#include "ui/window/mainwindow.h"

#include <QAbstractSpinBox>
#include <QAction>
#include <QClipboard>
#include <QFile>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QTemporaryDir>

using namespace std::chrono_literals;

/** The commands of the Edit, Insert and Timeline menus in a window, chosen there by keys. */
class TestEditCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void asksForNumbers_data();
    void asksForNumbers();
    void cutsAndInsertsTime();
    void splitsIntoTwoWindows();
    void appendsAnotherTimeline();
    void pastesIntoAnotherWindow();
    void refusesToPasteGarbage();
    void pastesOutOfAChat_data();
    void pastesOutOfAChat();
    void saysWhyNothingWasPasted();
    void togglesByKey();
    void convertsAndBack();
    void deletesAMarkerByKey();
    void sendsAScenarioNow();

private:
    /** Opens the menu with Alt and walks down to the entry, through a submenu where there is one.
     */
    void choose(const QString &id);
    void key(MainWindow *window, Qt::Key key, Qt::KeyboardModifiers modifiers = {});
    static void answer(const QStringList &fields);
    /** One step of undo, that leads back to the same bytes. */
    void undo();
    void selectAll() { key(m_window.get(), Qt::Key_A, Qt::ControlModifier); }
    TimelineDocument *document() const { return m_window->document(); }
    QList<int> seconds() const
    {
        QList<int> all;
        for (const Incident &incident : m_window->timeline().incidents) {
            all << int(incident.delay.count() / 1000);
        }
        return all;
    }
    static QString shipped(const QString &id)
    {
        return QStringLiteral(PROJECT_SOURCE_DIR "/timelines/%1.json").arg(id);
    }

    QTemporaryDir m_home;
    std::unique_ptr<MainWindow> m_window;
    QByteArray m_before;
};

void TestEditCommands::initTestCase()
{
    QVERIFY(m_home.isValid());
    for (const char *home : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"}) {
        qputenv(home, m_home.path().toUtf8());
    }
    qunsetenv("TIMELINE_API_URL");
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
}

void TestEditCommands::init()
{
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QVERIFY(m_window->openFile(shipped(QStringLiteral("busy_day")))); // 0, 300, 600, 900
    m_before = document()->text();
}

void TestEditCommands::cleanup()
{
    m_window.reset();
}

void TestEditCommands::key(MainWindow *window, Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    // Where a dialog was, nobody gives the window the keys back.
    QVERIFY(activate(window));
    window->timelineView()->setFocus();
    QTest::keyClick(window->timelineView(), key, modifiers);
}

void TestEditCommands::choose(const QString &id)
{
    QAction *wanted = m_window->commands()->action(id);
    QVERIFY2(wanted && wanted->isEnabled(), qPrintable(id));
    const std::function<bool(QMenu *, QList<QAction *> &)> find = [&](QMenu *menu,
                                                                      QList<QAction *> &path) {
        for (QAction *entry : menu->actions()) {
            path.append(entry);
            if (entry == wanted || (entry->menu() && find(entry->menu(), path))) {
                return true;
            }
            path.removeLast();
        }
        return false;
    };
    for (QAction *title : m_window->menuBar()->actions()) {
        QList<QAction *> path;
        if (!find(title->menu(), path)) {
            continue;
        }
        const qsizetype letter = title->text().indexOf(u'&') + 1;
        key(m_window.get(), Qt::Key(title->text().at(letter).toUpper().unicode()), Qt::AltModifier);
        QMenu *menu = title->menu();
        for (QAction *entry : path) {
            QTRY_VERIFY2(menu->isVisible(), qPrintable(menu->title()));
            for (int downs = 0; downs < 40 && menu->activeAction() != entry; ++downs) {
                QTest::keyClick(menu, Qt::Key_Down);
            }
            QCOMPARE(menu->activeAction(), entry);
            QMenu *next = entry->menu();
            QTest::keyClick(menu, next ? Qt::Key_Right : Qt::Key_Return);
            menu = next;
        }
        return;
    }
    QFAIL("it is in no menu");
}

void TestEditCommands::answer(const QStringList &fields)
{
    whenAsked<ParametersDialog>([fields](ParametersDialog *dialog) {
        const auto edits = dialog->findChildren<QAbstractSpinBox *>();
        QCOMPARE(edits.size(), fields.size());
        for (qsizetype i = 0; i < fields.size(); ++i) {
            while (!edits[i]->hasFocus()) {
                QTest::keyClick(dialog->focusWidget(), Qt::Key_Tab);
            }
            edits[i]->selectAll();
            QTest::keyClicks(edits[i], fields[i]);
        }
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
    });
}

void TestEditCommands::undo()
{
    QCOMPARE(document()->undoStack()->index(), 1);
    QVERIFY(document()->text() != m_before);
    key(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(document()->undoStack()->index(), 0);
    QCOMPARE(document()->text(), m_before);
}

void TestEditCommands::asksForNumbers_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QStringList>("fields");
    QTest::addColumn<QList<int>>("after");
    const auto row = [](const char *id, const char *fields, const QList<int> &after) {
        QTest::newRow(id) << QString::fromLatin1(id)
                          << QString::fromLatin1(fields).split(u' ', Qt::SkipEmptyParts) << after;
    };
    row("incident.repeat", "2 0:30", {0, 30, 60, 300, 330, 360, 600, 630, 660, 900, 930, 960});
    row("incident.interval", "1:00", {0, 60, 120, 180});
    row("incident.scale", "7:30", {0, 150, 300, 450});
    row("timeline.scale", "10:00", {0, 100, 200, 300});
}

void TestEditCommands::asksForNumbers()
{
    QFETCH(QString, command);
    QFETCH(QStringList, fields);
    QFETCH(QList<int>, after);
    selectAll();
    whenAsked<ParametersDialog>(
        [](ParametersDialog *dialog) { QTest::keyClick(dialog, Qt::Key_Escape); });
    choose(command);
    QCOMPARE(document()->undoStack()->count(), 0);
    answer(fields);
    choose(command);
    QCOMPARE(seconds(), after);
    undo();
}

void TestEditCommands::cutsAndInsertsTime()
{
    answer({QStringLiteral("4:00"), QStringLiteral("2:00")});
    choose(QStringLiteral("insert.time"));
    QCOMPARE(seconds(), (QList<int>{0, 420, 720, 1020}));
    undo();
    answer({QStringLiteral("4:00"), QStringLiteral("6:00")});
    choose(QStringLiteral("timeline.cutTime"));
    QCOMPARE(seconds(), (QList<int>{0, 480, 780}));
    undo();
}

void TestEditCommands::splitsIntoTwoWindows()
{
    m_window->timelineView()->controller().movePlayheadTo(TimelinePosition());
    choose(QStringLiteral("timeline.split"));
    QVERIFY(m_window->messageBar()->text().contains(QStringLiteral("Nothing was split")));
    m_window->timelineView()->controller().movePlayheadTo(TimelinePosition(500s));
    choose(QStringLiteral("timeline.split"));
    QCOMPARE(seconds(), (QList<int>{0, 300}));
    MainWindow *other = nullptr;
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        auto *window = qobject_cast<MainWindow *>(widget);
        if (window && window != m_window.get()) {
            other = window;
        }
    }
    QVERIFY(other && other->isVisible());
    QCOMPARE(other->timeline().incidents.size(), 2);
    QCOMPARE(int(other->timeline().incidents[0].delay.count()), 100000);
    QVERIFY(other->isWindowModified());
    delete other;
    undo();
}

void TestEditCommands::appendsAnotherTimeline()
{
    m_window->timelineView()->controller().movePlayheadTo(TimelinePosition(20min));
    whenAskedForAFile(shipped(QStringLiteral("incident_storm")));
    choose(QStringLiteral("insert.timeline"));
    QCOMPARE(seconds(), (QList<int>{0, 300, 600, 900, 1200, 1260, 1380, 1440, 1560}));
    undo();
    QFile garbage(m_home.filePath(QStringLiteral("garbage.json")));
    QVERIFY(garbage.open(QIODevice::WriteOnly) && garbage.write("{[") == 2);
    garbage.close();
    whenAskedForAFile(garbage.fileName());
    choose(QStringLiteral("insert.timeline"));
    QVERIFY(m_window->messageBar()->text().contains(QStringLiteral("was not inserted")));
    QCOMPARE(document()->text(), m_before);
}

void TestEditCommands::pastesIntoAnotherWindow()
{
    MainWindow other;
    other.show();
    QVERIFY(QTest::qWaitForWindowExposed(&other));
    m_window->timelineView()->selection().select({1, 2}, 1);
    key(m_window.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(document()->text(), m_before);
    other.timelineView()->controller().movePlayheadTo(TimelinePosition(60s));
    key(&other, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(other.timeline().incidents.size(), 2);
    for (int row = 0; row < 2; ++row) {
        Incident copy = other.timeline().incidents[row];
        const Incident &original = m_window->timeline().incidents[row + 1];
        QCOMPARE(int(copy.delay.count()), 60000 + 300000 * row);
        QVERIFY(copy.id != original.id);
        copy.id = original.id;
        copy.delay = original.delay;
        QVERIFY(copy == original);
    }
    QCOMPARE(other.document()->undoStack()->count(), 1);
    key(m_window.get(), Qt::Key_X, Qt::ControlModifier);
    QCOMPARE(seconds(), (QList<int>{0, 900}));
    undo();
}

void TestEditCommands::refusesToPasteGarbage()
{
    for (const char *text :
         {"Just words.", "{\"incidents\": 7}", "{\"incidents\": []}", "[[[[", ""}) {
        m_window->messageBar()->hide();
        QApplication::clipboard()->setText(QString::fromLatin1(text));
        key(m_window.get(), Qt::Key_V, Qt::ControlModifier);
        QVERIFY2(m_window->messageBar()->isVisible(), text);
        QVERIFY(m_window->messageBar()->text().startsWith(QStringLiteral("Nothing was pasted.")));
        QCOMPARE(document()->undoStack()->count(), 0);
    }
}

void TestEditCommands::pastesOutOfAChat_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    const QString incident = QStringLiteral(
        R"({"delay_seconds": 30, "type": "llm_generated", "llm_prompt": "The cache is cold"})");
    QTest::newRow("fenced") << QStringLiteral("Here it is:\n```json\n%1\n```\n").arg(incident)
                            << QStringLiteral("Text around the JSON was left out.");
    QString spaced = incident;
    QTest::newRow("no-break spaces")
        << spaced.replace(QStringLiteral(", "), QStringLiteral(",\n\u00A0\u00A0"))
        << QStringLiteral("Spaces that aren't valid in JSON were replaced.");
    QString curly = incident;
    curly.replace(QStringLiteral("\"The cache is cold\""),
                  QStringLiteral("\u201CThe cache is cold\u201D"));
    QTest::newRow("curly quotes") << curly << QStringLiteral("quotes in the JSON were repaired.");
    QTest::newRow("missing bracket")
        << incident.chopped(1)
        << QStringLiteral("Brackets that are missing at the end were added.");
}

void TestEditCommands::pastesOutOfAChat()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    m_window->messageBar()->hide();
    QApplication::clipboard()->setText(text);
    key(m_window.get(), Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(document()->undoStack()->count(), 1);
    const QList<Incident> &incidents = m_window->timeline().incidents;
    QCOMPARE(incidents.last().prompt, QStringLiteral("The cache is cold"));
    QVERIFY(m_window->messageBar()->isVisible());
    QVERIFY2(m_window->messageBar()->text().contains(says),
             qPrintable(m_window->messageBar()->text()));
    QVERIFY(m_window->messageBar()->kind() == MessageBar::Kind::Info);
    undo();
}

void TestEditCommands::saysWhyNothingWasPasted()
{
    const std::pair<QString, QString> texts[] = {
        {QStringLiteral(R"({"delay_seconds": 45, "type": "predefined"})"),
         QStringLiteral("has no scenario_id")},
        {QStringLiteral("{\"delay_seconds\": \u221245 s}"), QStringLiteral("U+2212 (minus sign)")},
        {QStringLiteral(R"({"delay_seconds": 1,200, "type": "predefined", "scenario_id": "a"})"),
         QStringLiteral("a point before its decimals")},
    };
    for (const auto &[text, says] : texts) {
        m_window->messageBar()->hide();
        QApplication::clipboard()->setText(text);
        key(m_window.get(), Qt::Key_V, Qt::ControlModifier);
        QVERIFY(m_window->messageBar()->isVisible());
        QVERIFY2(m_window->messageBar()->text().contains(says),
                 qPrintable(m_window->messageBar()->text()));
        QCOMPARE(document()->undoStack()->count(), 0);
    }
}

void TestEditCommands::togglesByKey()
{
    m_window->timelineView()->selection().select({1, 2}, 1);
    const QList<Incident> &incidents = m_window->timeline().incidents;
    key(m_window.get(), Qt::Key_E);
    QVERIFY(incidents[0].enabled && !incidents[1].enabled && !incidents[2].enabled);
    undo();
    key(m_window.get(), Qt::Key_H);
    QVERIFY(!incidents[0].hold && incidents[1].hold && incidents[2].hold);
    undo();
}

void TestEditCommands::convertsAndBack()
{
    m_window->timelineView()->selection().select({0}, 0);
    choose(QStringLiteral("incident.toPrompt"));
    QVERIFY(m_window->timeline().incidents[0].type == IncidentType::LlmGenerated);
    QVERIFY(!m_window->timeline().incidents[0].prompt.isEmpty());
    choose(QStringLiteral("incident.toScenario"));
    QVERIFY(m_window->timeline().incidents[0].type == IncidentType::Predefined);
    QCOMPARE(document()->undoStack()->count(), 2);
    key(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    undo();
}

void TestEditCommands::deletesAMarkerByKey()
{
    m_window->timelineView()->controller().movePlayheadTo(TimelinePosition(120s));
    key(m_window.get(), Qt::Key_M);
    QCOMPARE(m_window->timeline().markers.size(), 1);
    key(m_window.get(), Qt::Key_Delete);
    QVERIFY(m_window->timeline().markers.isEmpty());
    QCOMPARE(document()->undoStack()->count(), 2);
    key(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    undo();
}

void TestEditCommands::sendsAScenarioNow()
{
    Q_EMIT m_window->library()->runRequested(QStringLiteral("pod_crash_loop"));
    auto *dialog = m_window->findChild<RunNowDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    QVERIFY(activate(dialog));
    QTest::keyClick(dialog, Qt::Key_Return); // to send it is what it proposes
    QTRY_VERIFY_WITH_TIMEOUT(!dialog->record().incidents().isEmpty() &&
                                 dialog->record().incidents().first().state ==
                                     IncidentState::Created,
                             20000);
    QVERIFY(!dialog->record().incidents().first().incidentId.isEmpty());
    QCOMPARE(document()->text(), m_before);
    const QPointer<RunNowDialog> alive(dialog);
    QTRY_VERIFY(!alive || (QTest::keyClick(alive.data(), Qt::Key_Escape), !alive));
}

QTEST_MAIN(TestEditCommands)
#include "tst_editcommands.moc"
