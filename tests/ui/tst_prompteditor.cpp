// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/library/scenariolibrary.h"
#include "app/timeline/promptfilling.h"
#include "tests/ui/activation.h"
#include "tests/ui/answers.h"
#include "tests/ui/scriptedgenerator.h"
#include "ui/commands/commandset.h"
#include "ui/document/timelinedocument.h"
#include "ui/library/metrictable.h"
#include "ui/prompt/advicelist.h"
#include "ui/prompt/chiplist.h"
#include "ui/prompt/comparetable.h"
#include "ui/prompt/previewpane.h"
#include "ui/prompt/prompteditor.h"
#include "ui/prompt/promptpane.h"
#include "ui/prompt/resultpane.h"
#include "ui/prompt/variabletable.h"
#include "ui/properties/pinbox.h"
#include "ui/timeline/timelinescene.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/numberbox.h"
#include "ui/window/mainwindow.h"
#include "ui/window/prompttabs.h"

#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

namespace {

Metric metric(const char *name, double value, double baseline, double sigma, const char *unit)
{
    Metric made;
    made.name = QLatin1String(name);
    made.value = value;
    made.baseline = baseline;
    made.deviationSigma = sigma;
    made.unit = QLatin1String(unit);
    return made;
}

/** Breaks no rule of kind E. */
Scenario goodScenario()
{
    Scenario scenario;
    scenario.id = QStringLiteral("llm_test");
    scenario.name = QStringLiteral("[LLM] Disk fills");
    scenario.description = QStringLiteral("The log volume is full and writes wait for it.");
    scenario.service = QStringLiteral("payment-service");
    scenario.severity = Severity::Critical;
    scenario.rootCause = QStringLiteral("disk_exhaustion");
    scenario.expectedActions = {QStringLiteral("cleanup_disk"), QStringLiteral("rotate_logs")};
    scenario.context.insert(QStringLiteral("recent_deployment"), QStringLiteral("v2.6.1"));
    scenario.metrics = {metric("disk_usage_percent", 98, 62, 6, "%"),
                        metric("http_request_duration_seconds_p95", 1.1, 0.2, 5, "seconds"),
                        metric("http_response_status_500_total", 640, 40, 5.8, "count")};
    return scenario;
}

} // namespace

class TestPromptEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void saysWhatToDo();
    void generatesByKeys();
    void streamsIntoTextAndCharts();
    void stopsAndKeepsWhatIsDone();
    void editsFollowRules();
    void aCellBelongsToItsVariant();
    void fixesInOneStep();
    void comparesVariants();
    void acceptsInOneStep();
    void errorsDisableAccept();
    void saysWhyNothingCame();
    void makesOnePartAnew();
    void keepsWhatIsTypedWrong();
    void keepsWorkWhenTheIncidentGoes();
    void isLockedDuringARun();
    void advisesAndInserts();
    void editsVariables();
    void insertsAVariable();
    void asksBeforeItCloses();
    void opensWhatIsPinned();
    void remembersInTheHistory();
    void backendShowsNothing();
    void leavesThePlayersKeysAlone();
    void hasTheWindowToItself();
    void saysWhenAPinIsStale();

private:
    template<typename T>
    T *field(const char *name) const
    {
        T *found = m_editor->findChild<T *>(QLatin1String(name));
        if (!found) {
            qFatal("there is no %s", name);
        }
        return found;
    }
    void open();
    Variant *variant(int index) const { return m_editor->variants().at(index); }
    void generate(const QList<Scenario> &scenarios);
    const Incident &incident() const { return m_document->timeline().incidents[1]; }
    /** The one that is being edited. */
    static QLineEdit *cell() { return qobject_cast<QLineEdit *>(QApplication::focusWidget()); }
    QTableView *table() const { return field<QTableView>("metricTable"); }
    void typeInCell(int row, int column, const QString &text);

    QTemporaryDir m_home;
    ScenarioLibrary m_scenarios;
    std::unique_ptr<TimelineDocument> m_document;
    QList<QPointer<ScriptedJob>> m_jobs;
    std::unique_ptr<PromptEditor> m_editor;
};

void TestPromptEditor::initTestCase()
{
    qputenv("XDG_CONFIG_HOME", m_home.filePath(QStringLiteral("config")).toUtf8());
    qputenv("XDG_STATE_HOME", m_home.filePath(QStringLiteral("state")).toUtf8());
    qputenv("XDG_DATA_HOME", m_home.filePath(QStringLiteral("data")).toUtf8());
    m_scenarios =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
}

void TestPromptEditor::init()
{
    m_document = std::make_unique<TimelineDocument>();
    const QByteArray text(
        R"({"name":"Demo","description":"","duration_minutes":20,"variables":{"percent":"98"},
        "incidents":[{"id":"one","delay_seconds":60,"type":"predefined",
        "scenario_id":"memory_leak_gradual"},
        {"id":"two","delay_seconds":240,"type":"llm_generated","title":"Disk fills",
        "llm_prompt":"The disk of {{service}} fills to {{percent}} % because of {{cause}}.",
        "service_name":"payment-service","expected_severity":"critical",
        "variables":{"cause":"logs"}}]})");
    QVERIFY(m_document->restore(text, {}).has_value());
    open();
}

void TestPromptEditor::cleanup()
{
    m_editor.reset();
    m_document.reset();
    m_jobs.clear();
}

void TestPromptEditor::open()
{
    m_editor = std::make_unique<PromptEditor>(*m_document, m_scenarios, QStringLiteral("two"),
                                              scriptedSource(m_jobs));
    m_editor->resize(1280, 760);
    m_editor->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_editor.get()));
    QVERIFY(activate(m_editor.get()));
    m_editor->focusPrompt();
}

void TestPromptEditor::generate(const QList<Scenario> &scenarios)
{
    const auto before = m_jobs.size();
    field<NumberBox>("variantCount")->setValue(int(scenarios.size()));
    QTest::keyClick(field<QPlainTextEdit>("promptText"), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_jobs.size(), before + scenarios.size());
    for (qsizetype i = 0; i < scenarios.size(); ++i) {
        m_jobs[before + i]->succeed(scenarios[i]);
    }
    QTRY_VERIFY(!m_editor->variants().isBusy());
}

void TestPromptEditor::typeInCell(int row, int column, const QString &text)
{
    table()->setFocus();
    table()->setCurrentIndex(table()->model()->index(row, column));
    QTest::keyClick(table(), Qt::Key_F2);
    QLineEdit *cell = this->cell();
    QVERIFY(cell);
    cell->selectAll();
    QTest::keyClicks(cell, text);
}

void TestPromptEditor::saysWhatToDo()
{
    QVERIFY(field<QLabel>("resultHint")->isVisible());
    QVERIFY(field<QLabel>("previewHint")->isVisible());
    QVERIFY(!field<QPushButton>("accept")->isEnabled());
    QVERIFY(!field<QPushButton>("stopGenerating")->isEnabled());
    QCOMPARE(m_editor->title(), QStringLiteral("Disk fills, at 4:00"));
    QVERIFY(!m_editor->hasUnaccepted());
}

void TestPromptEditor::generatesByKeys()
{
    field<NumberBox>("variantCount")->setValue(3);
    QTest::keyClick(field<QPlainTextEdit>("promptText"), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_jobs.size(), 3);
    // Filled in, and each with a seed of its own.
    QCOMPARE(m_jobs[0]->request.prompt,
             QStringLiteral("The disk of payment-service fills to 98 % because of logs."));
    QCOMPARE(m_jobs[0]->request.service, QStringLiteral("payment-service"));
    QVERIFY(m_jobs[0]->request.severity == Severity::Critical);
    QCOMPARE(m_jobs[2]->request.seed, m_jobs[0]->request.seed + 2);
    QVERIFY(!field<QPushButton>("generate")->isEnabled());
    QVERIFY(field<QPushButton>("stopGenerating")->isEnabled());
    // Once is enough while it runs.
    QTest::keyClick(field<QPlainTextEdit>("promptText"), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_jobs.size(), 3);
    for (const auto &job : std::as_const(m_jobs)) {
        job->succeed(goodScenario());
    }
    QTRY_VERIFY(!m_editor->variants().isBusy());
    QVERIFY(field<QPushButton>("generate")->isEnabled());
    QCOMPARE(field<QLineEdit>("variantName")->text(), goodScenario().name);
    QVERIFY(field<QPushButton>("accept")->isEnabled());
    QCOMPARE(field<QPushButton>("accept")->text(), QStringLiteral("Accept A and pin at 4:00"));
    QVERIFY(m_editor->hasUnaccepted());
    // 3 × (100 in + 20 out), at 1000 and 5000 for a million.
    const QLabel *cost = field<QLabel>("cost");
    QVERIFY(QString(cost->text() + cost->toolTip()).contains(QStringLiteral("0.6000")));
}

void TestPromptEditor::streamsIntoTextAndCharts()
{
    QTest::keyClick(field<QPlainTextEdit>("promptText"), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_jobs.size(), 1);
    m_jobs[0]->note(QStringLiteral("The endpoint wants to be asked again."));
    m_jobs[0]->say(QStringLiteral(
        "{\"name\":\"Log partition full\",\"metrics\":[{\"metric_name\":\"disk_usage_percent\","
        "\"value\":97,\"baseline\":58,\"deviation_sigma\":6.1,\"unit\":\"%\"},"));
    QTRY_COMPARE(m_editor->previewPane()->chartCount(), 1);
    QVERIFY(field<QPlainTextEdit>("stream")->toPlainText().contains(
        QStringLiteral("Log partition full")));
    QVERIFY(field<QLabel>("streamNotes")->text().contains(QStringLiteral("asked again")));
    QCOMPARE(field<QLabel>("streamState")->text(), QStringLiteral("Generating"));
    QVERIFY(!field<QPushButton>("accept")->isEnabled());
    m_jobs[0]->succeed(goodScenario());
    QTRY_COMPARE(m_editor->previewPane()->chartCount(), 3);
    QCOMPARE(field<QLabel>("streamState")->text(), QStringLiteral("Ready"));
}

void TestPromptEditor::stopsAndKeepsWhatIsDone()
{
    field<NumberBox>("variantCount")->setValue(2);
    QTest::keyClick(field<QPlainTextEdit>("promptText"), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_jobs.size(), 2);
    m_jobs[0]->succeed(goodScenario());
    QTRY_VERIFY(variant(0)->isReady());
    m_jobs[1]->say(QStringLiteral(
        "{\"name\":\"Half\",\"metrics\":[{\"metric_name\":\"cpu_usage_percent\",\"value\":95,"
        "\"baseline\":40,\"deviation_sigma\":5.5,\"unit\":\"%\"},"));
    QTest::keyClick(field<QPlainTextEdit>("promptText"), Qt::Key_Escape);
    QTRY_VERIFY(!m_editor->variants().isBusy());
    QVERIFY(variant(0)->isReady());
    QVERIFY(variant(1)->state() == Variant::State::Stopped);
    m_editor->resultPane()->setCurrent(1);
    QVERIFY(field<QPushButton>("tryAgain")->isVisible());
    QVERIFY(field<QPushButton>("keepPart")->isVisible());
    QTest::mouseClick(field<QPushButton>("keepPart"), Qt::LeftButton);
    QVERIFY(variant(1)->isReady());
    QCOMPARE(variant(1)->scenario().metrics.size(), 1);
}

void TestPromptEditor::editsFollowRules()
{
    generate({goodScenario()});
    QCOMPARE(hasErrors(variant(0)->problems()), false);
    // While the cell is still being edited.
    typeInCell(0, MetricTableModel::Deviation, QStringLiteral("3.5"));
    QCOMPARE(variant(0)->scenario().metrics[0].deviationSigma, 3.5);
    typeInCell(1, MetricTableModel::Deviation, QStringLiteral("3.5"));
    typeInCell(2, MetricTableModel::Deviation, QStringLiteral("3.5"));
    QVERIFY(hasErrors(variant(0)->problems())); // critical is declared, medium will be stored
    QCOMPARE(field<QLabel>("variantSeverity")->text(), QStringLiteral("medium"));
    QCOMPARE(field<QLabel>("score")->text(), QStringLiteral("0"));
    QVERIFY(!field<QPushButton>("accept")->isEnabled());
    // Each cell is one step, however many letters it took.
    QTest::keyClick(cell(), Qt::Key_Return);
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(variant(0)->scenario().metrics[2].deviationSigma, 5.8);
    QCOMPARE(variant(0)->scenario().metrics[1].deviationSigma, 3.5);
    QTest::keyClick(table(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(variant(0)->scenario().metrics[2].deviationSigma, 3.5);
    // Escape brings back what stood there.
    typeInCell(0, MetricTableModel::Value, QStringLiteral("77"));
    QCOMPARE(variant(0)->scenario().metrics[0].value, 77.0);
    QTest::keyClick(cell(), Qt::Key_Escape);
    QCOMPARE(variant(0)->scenario().metrics[0].value, 98.0);
    // The document has seen nothing of it.
    QCOMPARE(m_document->undoStack()->count(), 0);
}

void TestPromptEditor::aCellBelongsToItsVariant()
{
    generate({goodScenario(), goodScenario()});
    m_editor->resultPane()->setCurrent(0);
    typeInCell(0, MetricTableModel::Value, QStringLiteral("77"));
    m_editor->resultPane()->setCurrent(1); // by a click on its tab, which leaves the focus alone
    field<QPlainTextEdit>("promptText")->setFocus();
    QApplication::processEvents();
    QCOMPARE(variant(0)->scenario().metrics[0].value, 77.0);
    QCOMPARE(variant(1)->scenario().metrics[0].value, 98.0);
}

void TestPromptEditor::fixesInOneStep()
{
    Scenario wrong = goodScenario();
    wrong.metrics[2].unit = QStringLiteral("req/s");
    generate({wrong});
    QVERIFY(!variant(0)->problems().isEmpty());
    const QVariant tint =
        table()->model()->index(2, MetricTableModel::Unit).data(Qt::BackgroundRole);
    QVERIFY(tint.isValid());
    QVERIFY(!table()->model()->index(0, 0).data(Qt::BackgroundRole).isValid());
    const QList<QPushButton *> fixes = m_editor->findChildren<QPushButton *>(QStringLiteral("fix"));
    const auto fix = std::find_if(fixes.begin(), fixes.end(),
                                  [](const QPushButton *button) { return button->isVisible(); });
    QVERIFY(fix != fixes.end());
    const auto before = variant(0)->problems().size();
    QTest::mouseClick(*fix, Qt::LeftButton);
    QVERIFY(variant(0)->problems().size() < before);
    QCOMPARE(variant(0)->undoStack()->count(), 1);
    QTest::keyClick(table(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(variant(0)->scenario() == wrong);
}

void TestPromptEditor::comparesVariants()
{
    Scenario other = goodScenario();
    other.name = QStringLiteral("[LLM] Another");
    other.metrics.removeLast();
    generate({goodScenario(), other});
    QTest::mouseClick(field<QToolButton>("compare"), Qt::LeftButton);
    auto *compare = field<CompareTable>("compareTable");
    QVERIFY(compare->isVisible());
    QCOMPARE(compare->columnCount(), 2);
    QCOMPARE(compare->item(0, 1)->text(), other.name);
    // What one of them lacks is said, not left blank.
    QCOMPARE(compare->item(compare->rowCount() - 2, 1)->text(), QString(QChar(0x2013)));
    compare->setCurrentCell(0, 1);
    QTest::keyClick(compare, Qt::Key_Return);
    QVERIFY(!compare->isVisible());
    QCOMPARE(field<QLineEdit>("variantName")->text(), other.name);
}

void TestPromptEditor::acceptsInOneStep()
{
    auto *prompt = field<QPlainTextEdit>("promptText");
    QTest::keyClick(prompt, Qt::Key_End, Qt::ControlModifier);
    QTest::keyClicks(prompt, QStringLiteral(" It began 5 minutes ago."));
    QCOMPARE(m_document->undoStack()->count(), 0);
    generate({goodScenario()});
    auto *name = field<QLineEdit>("variantName");
    name->setFocus();
    QTest::keyClick(name, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(name, QStringLiteral("Renamed"));
    QTest::mouseClick(field<QPushButton>("accept"), Qt::LeftButton);
    QCOMPARE(m_document->undoStack()->count(), 1);
    QVERIFY(incident().prompt.endsWith(QStringLiteral("5 minutes ago.")));
    const Pin pin = incident().pinned;
    const PinnedScenario *pinned = pin.scenario();
    QVERIFY(pinned);
    QCOMPARE(pinned->scenario.name, QStringLiteral("Renamed"));
    QCOMPARE(pinned->model, QStringLiteral("test"));
    QVERIFY(!isStale(incident(), m_document->timeline()));
    QVERIFY(!m_editor->hasUnaccepted());
    m_document->undoStack()->undo();
    QVERIFY(incident().pinned.isEmpty());
    QVERIFY(!incident().prompt.contains(QStringLiteral("5 minutes")));
}

void TestPromptEditor::errorsDisableAccept()
{
    Scenario wrong = goodScenario();
    wrong.severity = Severity::Low;
    generate({wrong});
    QVERIFY(!field<QPushButton>("accept")->isEnabled());
    QVERIFY(!field<QLabel>("acceptReason")->text().isEmpty());
    QVERIFY(field<QPushButton>("acceptAnyway")->isVisible());
    whenAsked<QMessageBox>([](QMessageBox *box) { box->button(QMessageBox::Cancel)->click(); });
    QTest::mouseClick(field<QPushButton>("acceptAnyway"), Qt::LeftButton);
    QVERIFY(incident().pinned.isEmpty());
    whenAsked<QMessageBox>([](QMessageBox *box) {
        QVERIFY(!box->informativeText().isEmpty());
        box->findChild<QPushButton *>(QStringLiteral("acceptWithErrors"))->click();
    });
    QTest::mouseClick(field<QPushButton>("acceptAnyway"), Qt::LeftButton);
    QVERIFY(!incident().pinned.isEmpty());
}

void TestPromptEditor::saysWhyNothingCame()
{
    QTest::keyClick(field<QPlainTextEdit>("promptText"), Qt::Key_Return, Qt::ControlModifier);
    m_jobs[0]->failWith(QStringLiteral("The key was refused; set another one."));
    QTRY_VERIFY(!m_editor->variants().isBusy());
    QCOMPARE(field<QLabel>("variantStatus")->text(),
             QStringLiteral("The key was refused; set another one."));
    QVERIFY(!field<QPushButton>("accept")->isEnabled());
    QTest::mouseClick(field<QPushButton>("tryAgain"), Qt::LeftButton);
    QCOMPARE(m_jobs.size(), 2);
    QCOMPARE(m_editor->variants().variants().size(), size_t(1));
    m_jobs[1]->succeed(goodScenario());
    QTRY_VERIFY(variant(0)->isReady());
}

void TestPromptEditor::makesOnePartAnew()
{
    generate({goodScenario()});
    QToolButton *again = nullptr;
    for (auto *button : m_editor->findChildren<QToolButton *>()) {
        if (button->property("part") == QVariant(int(GenerationRequest::Part::Name))) {
            again = button;
        }
    }
    QVERIFY(again && again->isEnabled());
    QTest::mouseClick(again, Qt::LeftButton);
    QCOMPARE(m_jobs.size(), 2);
    QVERIFY(m_jobs[1]->request.part == GenerationRequest::Part::Name);
    QVERIFY(m_jobs[1]->request.previous == goodScenario());
    QVERIFY(!again->isEnabled());
    Scenario other = goodScenario();
    other.name = QStringLiteral("[LLM] Fresh name");
    other.description = QStringLiteral("Not asked for.");
    m_jobs[1]->succeed(other);
    QTRY_VERIFY(!m_editor->variants().isBusy());
    QCOMPARE(variant(0)->scenario().name, other.name);
    QCOMPARE(variant(0)->scenario().description, goodScenario().description);
    variant(0)->undoStack()->undo();
    QVERIFY(variant(0)->scenario() == goodScenario());
}

void TestPromptEditor::keepsWhatIsTypedWrong()
{
    generate({goodScenario()});
    auto *context = field<QPlainTextEdit>("variantContext");
    QCOMPARE(context->toPlainText(), QStringLiteral("recent_deployment: v2.6.1"));
    context->setFocus();
    QTest::keyClick(context, Qt::Key_End, Qt::ControlModifier);
    QTest::keyClick(context, Qt::Key_Return);
    QTest::keyClicks(context, QStringLiteral("replicas"));
    auto *error = field<QLabel>("contextError");
    QVERIFY(error->isVisible());
    QVERIFY(error->text().contains(QStringLiteral("2")));
    QVERIFY(!field<QPushButton>("accept")->isEnabled());
    QCOMPARE(variant(0)->scenario().context, goodScenario().context);
    QTest::keyClicks(context, QStringLiteral(": 4"));
    QVERIFY(!error->isVisible());
    QCOMPARE(variant(0)->scenario().context.value(QStringLiteral("replicas")).toInt(), 4);
    QVERIFY(field<QPushButton>("accept")->isEnabled());
    QTest::keyClick(context, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(context, QStringLiteral("{\"a\": [1, 2]}"));
    QCOMPARE(variant(0)->scenario().context.value(QStringLiteral("a")).isArray(), true);
}

void TestPromptEditor::keepsWorkWhenTheIncidentGoes()
{
    generate({goodScenario()});
    Timeline without = m_document->timeline();
    without.incidents.removeLast();
    QVERIFY(m_document->edit(QStringLiteral("Delete"), without));
    auto *notice = field<MessageBar>("promptNotice");
    QVERIFY(notice->isVisible());
    QVERIFY(variant(0)->isReady());
    QTest::mouseClick(field<QPushButton>("accept"), Qt::LeftButton);
    QCOMPARE(m_document->timeline().incidents.size(), 2);
    QVERIFY(!incident().pinned.isEmpty());
    QCOMPARE(incident().delay.count(), 240000);
    QVERIFY(!notice->isVisible());

    // Changed elsewhere while something else stands here.
    QTest::keyClicks(field<QPlainTextEdit>("promptText"), QStringLiteral("Mine"));
    Timeline changed = m_document->timeline();
    changed.incidents[1].prompt = QStringLiteral("Theirs");
    QVERIFY(m_document->edit(QStringLiteral("Change"), changed));
    QVERIFY(notice->isVisible());
    QVERIFY(field<QPlainTextEdit>("promptText")->toPlainText().contains(QStringLiteral("Mine")));
    for (auto *button : notice->findChildren<QPushButton *>()) {
        QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(field<QPlainTextEdit>("promptText")->toPlainText(), QStringLiteral("Theirs"));
    QVERIFY(!notice->isVisible());
}

void TestPromptEditor::isLockedDuringARun()
{
    generate({goodScenario()});
    m_document->setLocked(true);
    QVERIFY(!field<QPushButton>("accept")->isEnabled());
    QVERIFY(field<QPushButton>("accept")->toolTip().contains(QStringLiteral("run")));
    m_document->setLocked(false);
    QVERIFY(field<QPushButton>("accept")->isEnabled());
}

void TestPromptEditor::advisesAndInserts()
{
    auto *prompt = field<QPlainTextEdit>("promptText");
    QTest::keyClick(prompt, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(prompt, QStringLiteral("The disk is full because of debug logs."));
    QToolButton *add = nullptr;
    for (auto *button : m_editor->findChildren<QToolButton *>(QStringLiteral("addSentence"))) {
        if (button->isVisible() && button->toolTip().contains(QStringLiteral("pods"))) {
            add = button;
        }
    }
    QVERIFY(add);
    QTest::mouseClick(add, Qt::LeftButton);
    QVERIFY(prompt->toPlainText().endsWith(QStringLiteral("3 of 4 pods are affected.")));
    QVERIFY(m_editor->hasUnaccepted());
    // The text's own undo.
    QTest::keyClick(prompt, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!prompt->toPlainText().contains(QStringLiteral("pods")));
}

void TestPromptEditor::editsVariables()
{
    auto *table = field<VariableTable>("promptVariables");
    QCOMPARE(table->rowCount(), 3);
    QCOMPARE(table->item(1, 0)->text(), QStringLiteral("percent"));
    QCOMPARE(table->item(1, 2)->text(), QStringLiteral("timeline"));
    table->setFocus();
    table->setCurrentCell(1, 1);
    QTest::keyClick(table, Qt::Key_F2);
    QVERIFY(cell());
    cell()->selectAll();
    QTest::keyClicks(cell(), QStringLiteral("91"));
    QTest::keyClick(cell(), Qt::Key_Return);
    QTRY_COMPARE(table->item(1, 2)->text(), QStringLiteral("incident"));
    generate({goodScenario()});
    QTest::mouseClick(field<QPushButton>("accept"), Qt::LeftButton);
    QCOMPARE(incident().variables.value(QStringLiteral("percent")), QStringLiteral("91"));
    QVERIFY(incident().prompt.contains(QStringLiteral("{{percent}}")));
}

void TestPromptEditor::insertsAVariable()
{
    auto *prompt = field<QPlainTextEdit>("promptText");
    QTest::keyClick(prompt, Qt::Key_End, Qt::ControlModifier);
    QTimer::singleShot(0, prompt, [] {
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QTest::keyClick(menu, Qt::Key_Return);
    });
    QTest::keyClick(prompt, Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(prompt->toPlainText().endsWith(QStringLiteral("{{service}}")));
}

void TestPromptEditor::asksBeforeItCloses()
{
    QVERIFY(m_editor->mayClose());
    generate({goodScenario()});
    whenAsked<QMessageBox>([](QMessageBox *box) { box->button(QMessageBox::Cancel)->click(); });
    QVERIFY(!m_editor->mayClose());
    whenAsked<QMessageBox>([](QMessageBox *box) { box->button(QMessageBox::Discard)->click(); });
    QVERIFY(m_editor->mayClose());
}

void TestPromptEditor::opensWhatIsPinned()
{
    generate({goodScenario()});
    QTest::mouseClick(field<QPushButton>("accept"), Qt::LeftButton);
    open();
    QCOMPARE(m_editor->variants().variants().size(), size_t(1));
    QCOMPARE(field<QLineEdit>("variantName")->text(), goodScenario().name);
    QVERIFY(!m_editor->hasUnaccepted());
}

void TestPromptEditor::remembersInTheHistory()
{
    Scenario named = goodScenario();
    named.name = QStringLiteral("[LLM] From the history");
    generate({named});
    open();
    QCOMPARE(m_editor->variants().variants().size(), size_t(0));
    QMenu *menu = field<QPushButton>("generationHistory")->menu();
    Q_EMIT menu->aboutToShow();
    QVERIFY(menu->actions().first()->text().contains(QStringLiteral("From the history")));
    menu->actions().first()->trigger();
    QCOMPARE(field<QLineEdit>("variantName")->text(), named.name);
}

void TestPromptEditor::backendShowsNothing()
{
    field<QComboBox>("promptProfile")->setCurrentIndex(1);
    QVERIFY(!field<QPushButton>("generate")->isEnabled());
    QVERIFY(field<QLabel>("whatGenerator")->text().contains(QStringLiteral("previewed")));
    QTest::keyClick(field<QPlainTextEdit>("promptText"), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_jobs.isEmpty());
}

void TestPromptEditor::leavesThePlayersKeysAlone()
{
    generate({goodScenario()});
    for (const auto &[key, modifiers, isOurs] :
         {std::tuple(Qt::Key_Space, Qt::KeyboardModifiers(), true),
          std::tuple(Qt::Key_S, Qt::KeyboardModifiers(), true),
          std::tuple(Qt::Key_F2, Qt::KeyboardModifiers(), true),
          std::tuple(Qt::Key_F6, Qt::KeyboardModifiers(), false),
          std::tuple(Qt::Key_Escape, Qt::KeyboardModifiers(), false),
          std::tuple(Qt::Key_W, Qt::KeyboardModifiers(Qt::ControlModifier), false)}) {
        QKeyEvent event(QEvent::ShortcutOverride, key, modifiers);
        event.ignore();
        QApplication::sendEvent(table(), &event);
        QCOMPARE(event.isAccepted(), isOurs);
    }
}

void TestPromptEditor::hasTheWindowToItself()
{
    m_editor.reset();
    const QString path = m_home.filePath(QStringLiteral("demo.json"));
    QVERIFY(m_document->save(path).has_value());
    MainWindow window;
    window.prompts()->setGeneratorSource(scriptedSource(m_jobs));
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QVERIFY(activate(&window));
    QVERIFY(window.openFile(path));
    auto *tabs = window.findChild<QTabBar *>(QStringLiteral("documents"));
    const QList<QDockWidget *> docks = window.findChildren<QDockWidget *>();
    QVERIFY(!tabs->isVisible());
    docks.first()->setVisible(false);
    QList<bool> before;
    for (const QDockWidget *dock : docks) {
        before.append(dock->isHidden());
    }

    QAction *generate = window.commands()->action(QStringLiteral("incident.generate"));
    window.timelineView()->setFocus();
    window.timelineView()->selection().setCurrent(0);
    QVERIFY(!generate->isEnabled()); // it is from a scenario
    window.timelineView()->selection().setCurrent(1);
    QVERIFY(generate->isEnabled());
    QTest::keyClick(window.timelineView(), Qt::Key_G, Qt::ControlModifier);
    QVERIFY(window.prompts()->current());
    QVERIFY(tabs->isVisible());
    QCOMPARE(tabs->tabText(1), QStringLiteral("Disk fills, at 4:00"));
    for (const QDockWidget *dock : docks) {
        QVERIFY(!dock->isVisible());
    }

    QTest::keyClick(window.prompts()->current(), Qt::Key_F6, Qt::ControlModifier);
    QVERIFY(!window.prompts()->current());
    for (qsizetype i = 0; i < docks.size(); ++i) {
        QCOMPARE(docks[i]->isHidden(), before[i]);
    }
    QTest::keyClick(window.timelineView(), Qt::Key_G, Qt::ControlModifier);
    QCOMPARE(tabs->count(), 2); // the same one again
    QTest::keyClick(window.prompts()->current(), Qt::Key_W, Qt::ControlModifier);
    QVERIFY(window.isVisible());
    QVERIFY(!window.prompts()->current());
    QVERIFY(!tabs->isVisible());

    // Closed while a prompt is shown, the window comes back with its panels.
    QTest::keyClick(window.timelineView(), Qt::Key_G, Qt::ControlModifier);
    QVERIFY(window.prompts()->current());
    window.close();
    MainWindow again;
    again.show();
    QVERIFY(QTest::qWaitForWindowExposed(&again));
    for (qsizetype i = 0; i < docks.size(); ++i) {
        QCOMPARE(again.findChild<QDockWidget *>(docks[i]->objectName())->isHidden(), before[i]);
    }
}

void TestPromptEditor::saysWhenAPinIsStale()
{
    generate({goodScenario()});
    QTest::mouseClick(field<QPushButton>("accept"), Qt::LeftButton);
    PinBox box(*m_document);
    const auto part = [&box](const char *name) {
        return box.findChild<QPushButton *>(QLatin1String(name));
    };
    box.showIncident(1);
    box.show();
    QVERIFY(QTest::qWaitForWindowExposed(&box));
    auto *headline = box.findChild<QLabel *>(QStringLiteral("pinHeadline"));
    QVERIFY(headline->text().contains(goodScenario().name));
    QVERIFY(!part("keepPinned")->isVisible());
    QVERIFY(buildScene(m_document->timeline(), m_scenarios).blocks[1].pin ==
            SceneBlock::Pin::Pinned);

    Timeline changed = m_document->timeline();
    changed.variables.insert(QStringLiteral("percent"), QStringLiteral("70"));
    QVERIFY(m_document->edit(QStringLiteral("Change"), changed));
    box.showIncident(1);
    QVERIFY(headline->text().contains(QStringLiteral("changed")));
    QVERIFY(part("keepPinned")->isVisible());
    QVERIFY(buildScene(m_document->timeline(), m_scenarios).blocks[1].pin ==
            SceneBlock::Pin::Stale);
    QSignalSpy asked(&box, &PinBox::openRequested);
    QTest::mouseClick(part("generateAgain"), Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().at(1).toBool(), true);

    QTest::mouseClick(part("keepPinned"), Qt::LeftButton);
    box.showIncident(1);
    QVERIFY(!isStale(incident(), m_document->timeline()));
    QVERIFY(!part("keepPinned")->isVisible());
    QTest::mouseClick(part("unpin"), Qt::LeftButton);
    box.showIncident(1);
    QVERIFY(incident().pinned.isEmpty());
    QVERIFY(!part("openPrompt")->isVisible());
    m_document->undoStack()->undo();
    QVERIFY(!incident().pinned.isEmpty());

    auto *seed = box.findChild<QLineEdit *>(QStringLiteral("seed"));
    QTest::keyClicks(seed, QStringLiteral("x7"));
    QTest::keyClick(seed, Qt::Key_Return);
    QVERIFY(box.findChild<QLabel *>(QStringLiteral("seedError"))->isVisible());
    QCOMPARE(seed->text(), QStringLiteral("x7"));
    seed->selectAll();
    QTest::keyClicks(seed, QStringLiteral("7"));
    QTest::keyClick(seed, Qt::Key_Return);
    QCOMPARE(incident().seed.value_or(0), qint64(7));
}

QTEST_MAIN(TestPromptEditor)
#include "tst_prompteditor.moc"
