// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/library/scenariolibrary.h"
#include "tests/ui/activation.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/theme.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/properties/propertiespanel.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/timeedit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

using namespace std::chrono_literals;

class TestPropertiesPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void showsTheTimelineWhileNothingIsSelected();
    void typingIsOneStep();
    void takesAbsoluteAndRelativeTimes();
    void saysMixedAndChangesOnlyWhatIsTouched();
    void changesAllThatAreSelected();
    void refusesABadService();
    void convertsAndBack();
    void editsAMarker();
    void editsVariables();
    void followsUndo();
    void leavesTheWheelToThePage();

private:
    template<typename T>
    T *field(const char *name) const
    {
        return m_panel->findChild<T *>(QLatin1String(name));
    }
    void select(const QList<int> &rows);
    void type(QWidget *edit, const QString &text);
    const Incident &incident(int row) const { return m_document->timeline().incidents[row]; }

    ScenarioLibrary m_scenarios;
    std::unique_ptr<TimelineDocument> m_document;
    std::unique_ptr<IncidentTableModel> m_model;
    std::unique_ptr<QItemSelectionModel> m_selection;
    std::unique_ptr<PropertiesPanel> m_panel;
};

void TestPropertiesPanel::init()
{
    m_scenarios =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
    m_document = std::make_unique<TimelineDocument>();
    QVERIFY(m_document->load(QStringLiteral(PROJECT_SOURCE_DIR "/timelines/incident_storm.json"))
                .has_value());
    m_model = std::make_unique<IncidentTableModel>();
    m_model->setTimeline(m_document->timeline(), m_scenarios);
    m_selection = std::make_unique<QItemSelectionModel>(m_model.get());
    m_panel = std::make_unique<PropertiesPanel>(*m_document, *m_selection, m_scenarios);
    connect(m_document.get(), &TimelineDocument::changed, m_panel.get(),
            [this](const TimelineChange &change) {
                m_model->applyChange(change, m_document->timeline(), m_scenarios);
                m_panel->refresh();
            });
    m_panel->resize(320, 900);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    QVERIFY(activate(m_panel.get()));
}

void TestPropertiesPanel::cleanup()
{
    m_panel.reset();
    m_selection.reset();
    m_model.reset();
    m_document.reset();
}

void TestPropertiesPanel::select(const QList<int> &rows)
{
    m_selection->clearSelection();
    for (const int row : rows) {
        m_selection->select(m_model->index(row, 0),
                            QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
}

void TestPropertiesPanel::type(QWidget *edit, const QString &text)
{
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(edit, text);
}

void TestPropertiesPanel::showsTheTimelineWhileNothingIsSelected()
{
    auto *name = field<QLineEdit>("timelineName");
    QVERIFY(name->isVisible());
    QCOMPARE(name->text(), m_document->timeline().name);
    type(name, QStringLiteral("Storm"));
    QCOMPARE(m_document->timeline().name, QStringLiteral("Storm"));
    auto *length = field<TimeEdit>("timelineLength");
    type(length, QStringLiteral("15:00"));
    QTest::keyClick(length, Qt::Key_Return);
    QCOMPARE(m_document->timeline().durationMinutes, 15.0);
}

void TestPropertiesPanel::typingIsOneStep()
{
    select({0});
    auto *title = field<QLineEdit>("title");
    type(title, QStringLiteral("First of all"));
    QCOMPARE(incident(0).title, QStringLiteral("First of all"));
    QCOMPARE(m_document->undoStack()->count(), 1);
    auto *comment = field<QLineEdit>("comment");
    type(comment, QStringLiteral("Why"));
    QCOMPARE(m_document->undoStack()->count(), 2);
    type(title, QStringLiteral("Once more"));
    QCOMPARE(m_document->undoStack()->count(), 3);
}

void TestPropertiesPanel::takesAbsoluteAndRelativeTimes()
{
    select({1});
    auto *time = field<TimeEdit>("time");
    type(time, QStringLiteral("2:30"));
    QTest::keyClick(time, Qt::Key_Return);
    QVERIFY(incident(1).delay == 150s);
    type(time, QStringLiteral("+1:00"));
    QTest::keyClick(time, Qt::Key_Return);
    QVERIFY(incident(1).delay == 210s);
    QTest::keyClick(time, Qt::Key_Down);
    QVERIFY(incident(1).delay == 209s);
    type(time, QStringLiteral("nonsense"));
    QTest::keyClick(time, Qt::Key_Return);
    QVERIFY(incident(1).delay == 209s);
    // Refused where it stands, to be corrected or taken back.
    QCOMPARE(time->text(), QStringLiteral("nonsense"));
    QVERIFY(isMarkedRefused(time));
    QTest::keyClick(time, Qt::Key_Escape);
    QCOMPARE(time->text(), QStringLiteral("3:29"));
    QVERIFY(!isMarkedRefused(time));
    type(time, QStringLiteral("nonsense"));
    time->clearFocus();
    QCOMPARE(time->text(), QStringLiteral("3:29"));
    type(time, QStringLiteral("3:28,5")); // a comma as well as a point
    QTest::keyClick(time, Qt::Key_Return);
    QVERIFY(incident(1).delay == 208500ms);
    type(time, QStringLiteral("3:29"));
    QTest::keyClick(time, Qt::Key_Return);
    // A sign would be taken for something else where nothing is relative.
    auto *lasts = field<TimeEdit>("duration");
    const auto before = lasts->time();
    type(lasts, QStringLiteral("+1:00"));
    QTest::keyClick(lasts, Qt::Key_Return);
    QVERIFY(isMarkedRefused(lasts));
    lasts->clearFocus();
    QVERIFY(lasts->time() == before);
    // After the one before it, which is that at 3:00.
    auto *after = field<TimeEdit>("after");
    QVERIFY(after->time() == 29s);
    type(after, QStringLiteral("+0:10"));
    QTest::keyClick(after, Qt::Key_Return);
    QVERIFY(incident(1).delay == 190s);
}

void TestPropertiesPanel::saysMixedAndChangesOnlyWhatIsTouched()
{
    select({0, 1});
    auto *time = field<TimeEdit>("time");
    QVERIFY(time->text().isEmpty());
    auto *title = field<QLineEdit>("title");
    QCOMPARE(title->placeholderText(), QStringLiteral("mixed"));
    const Incident first = incident(0);
    type(time, QStringLiteral("+0:30"));
    QTest::keyClick(time, Qt::Key_Return);
    QVERIFY(incident(0).delay == first.delay + 30s);
    QCOMPARE(incident(0).title, first.title);
    QCOMPARE(incident(0).comment, first.comment);
}

void TestPropertiesPanel::changesAllThatAreSelected()
{
    select({0, 1, 2});
    auto *hold = field<QCheckBox>("hold");
    QTest::mouseClick(hold, Qt::LeftButton, {}, QPoint(8, hold->height() / 2));
    for (int row = 0; row < 3; ++row) {
        QVERIFY(incident(row).hold);
    }
    QVERIFY(!incident(3).hold);
    QCOMPARE(m_document->undoStack()->count(), 1);
}

void TestPropertiesPanel::refusesABadService()
{
    select({1});
    auto *service = field<QComboBox>("service");
    const auto before = incident(1).serviceName;
    type(service->lineEdit(), QStringLiteral("auth service"));
    QTest::keyClick(service->lineEdit(), Qt::Key_Return);
    QVERIFY(incident(1).serviceName == before);
    type(service->lineEdit(), QStringLiteral("billing-api"));
    QTest::keyClick(service->lineEdit(), Qt::Key_Return);
    QCOMPARE(*incident(1).serviceName, QStringLiteral("billing-api"));
}

void TestPropertiesPanel::convertsAndBack()
{
    select({0});
    const Incident before = incident(0);
    QVERIFY(before.type == IncidentType::Predefined);
    const auto buttons = field<SegmentedControl>("source")->findChildren<QToolButton *>();
    QTest::mouseClick(buttons[1], Qt::LeftButton);
    QVERIFY(incident(0).type == IncidentType::LlmGenerated);
    QVERIFY(field<QPlainTextEdit>("prompt")->isVisible());
    QVERIFY(!field<QComboBox>("scenario")->isVisible());
    QTest::mouseClick(buttons[0], Qt::LeftButton);
    QVERIFY(incident(0).type == IncidentType::Predefined);
    QCOMPARE(incident(0).scenarioId, before.scenarioId);
    QVERIFY(field<QComboBox>("scenario")->isVisible());
}

void TestPropertiesPanel::editsAMarker()
{
    Timeline after = m_document->timeline();
    after.markers = {{60s, QStringLiteral("Half"), {}}};
    m_document->edit(QStringLiteral("Marker"), after);
    m_panel->showMarker(0);
    auto *name = field<QLineEdit>("markerName");
    QVERIFY(name->isVisible());
    type(name, QStringLiteral("Second wave"));
    auto *time = field<TimeEdit>("markerTime");
    type(time, QStringLiteral("8:00"));
    QTest::keyClick(time, Qt::Key_Return);
    QVERIFY((m_document->timeline().markers[0] == Marker{8min, QStringLiteral("Second wave"), {}}));
    select({0});
    QVERIFY(!name->isVisible());
}

void TestPropertiesPanel::editsVariables()
{
    auto *table = field<QTableWidget>("variables");
    QCOMPARE(table->rowCount(), 1);
    table->item(0, 0)->setText(QStringLiteral("cause"));
    QCOMPARE(table->rowCount(), 2);
    table->item(0, 1)->setText(QStringLiteral("debug logs"));
    QCOMPARE(m_document->timeline().variables.value(QStringLiteral("cause")),
             QStringLiteral("debug logs"));
    table->item(0, 0)->setText({});
    QVERIFY(m_document->timeline().variables.isEmpty());
}

void TestPropertiesPanel::followsUndo()
{
    select({0});
    auto *title = field<QLineEdit>("title");
    const QString before = title->text();
    type(title, QStringLiteral("Other"));
    m_document->undoStack()->undo();
    QCOMPARE(title->text(), before);
}

void TestPropertiesPanel::leavesTheWheelToThePage()
{
    select({1});
    m_panel->setFocus();
    const QByteArray before = m_document->text();
    const auto takes = [](QWidget *field) {
        const QPointF at = field->rect().center();
        QWheelEvent event(at, field->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(field, &event);
        return event.isAccepted();
    };
    for (const char *name : {"time", "after", "duration", "service"}) {
        QVERIFY2(!takes(field<QWidget>(name)), name);
        QVERIFY2(!(field<QWidget>(name)->focusPolicy() & ~Qt::StrongFocus), name);
        QCOMPARE(m_document->text(), before);
    }
    // In the field that one is in it steps.
    auto *time = field<TimeEdit>("time");
    time->setFocus();
    QVERIFY(takes(time));
    QVERIFY(m_document->text() != before);
}

QTEST_MAIN(TestPropertiesPanel)
#include "tst_propertiespanel.moc"
