// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/metricchart.h"
#include "ui/library/metrictable.h"
#include "ui/library/scenarioeditor.h"
#include "ui/look/theme.h"
#include "ui/widgets/numberbox.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTimer>
#include <QToolButton>

/** The editor of a scenario: what it makes of the fields, what it objects to, what it asks. */
class TestScenarioEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void changesNothingByItself();
    void writesEveryField();
    void objectsToWhatIsWrong_data();
    void objectsToWhatIsWrong();
    void idFollowsTheNameOfANewOne();
    void editsMetricsInTheTable();
    void saysWhatTheBackendStores();
    void asksBeforeSomethingIsLost();
    void chartFollowsTheRow();
    void readsAndWritesNumbersInAnyLocale_data();
    void readsAndWritesNumbersInAnyLocale();

private:
    template<typename T>
    T *field(const char *name) const
    {
        return m_editor->findChild<T *>(QLatin1String(name));
    }
    QString shownError(const char *name) const
    {
        const auto *label = field<QLabel>(name);
        return label->isVisible() ? label->text() : QString();
    }
    void answer(QMessageBox::StandardButton button);

    ScenarioLibrary m_library =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
    std::unique_ptr<ScenarioEditor> m_editor;
    bool m_wasAsked = false;
};

void TestScenarioEditor::init()
{
    Scenario copy = *m_library.find(QStringLiteral("latency_spike_database"));
    copy.id = QStringLiteral("mine");
    copy.origin = Scenario::Origin::User;
    m_editor = std::make_unique<ScenarioEditor>(copy, m_library);
    m_editor->show();
    m_editor->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_editor.get()));
    m_wasAsked = false;
}

void TestScenarioEditor::answer(QMessageBox::StandardButton button)
{
    QTimer::singleShot(50, m_editor.get(), [this, button] {
        if (auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget())) {
            m_wasAsked = true;
            box->button(button)->click();
        }
    });
}

void TestScenarioEditor::changesNothingByItself()
{
    QVERIFY(m_editor->isValid());
    QVERIFY(!m_editor->isChanged());
    Scenario copy = *m_library.find(QStringLiteral("latency_spike_database"));
    copy.id = QStringLiteral("mine");
    copy.origin = Scenario::Origin::User;
    QVERIFY(m_editor->scenario() == copy);
}

void TestScenarioEditor::writesEveryField()
{
    const auto type = [this](const char *name, const QString &text) {
        auto *line = field<QLineEdit>(name);
        line->selectAll();
        QTest::keyClicks(line, text);
    };
    type("name", QStringLiteral("Slow again"));
    type("id", QStringLiteral("slow_again"));
    type("service", QStringLiteral("auth-service"));
    type("tags", QStringLiteral(" one, two ,, three"));
    type("cause", QStringLiteral("lost_index"));
    type("actions", QStringLiteral("rollback"));
    field<QPlainTextEdit>("description")->setPlainText(QStringLiteral("It is slow."));
    field<QPlainTextEdit>("narration")->setPlainText(QStringLiteral("Everybody waits."));
    field<QPlainTextEdit>("context")->setPlainText(QStringLiteral("{\"pods\": 3}"));
    auto *seconds = field<NumberBox>("duration")->findChild<QLineEdit *>();
    seconds->selectAll();
    QTest::keyClicks(seconds, QStringLiteral("90"));
    auto *severity = field<QComboBox>("severity");
    severity->setCurrentIndex(severity->findData(int(Severity::Low)));
    field<QComboBox>("difficulty")->setCurrentIndex(2);
    const Scenario scenario = m_editor->scenario();
    QCOMPARE(scenario.name, QStringLiteral("Slow again"));
    QCOMPARE(scenario.id, QStringLiteral("slow_again"));
    QCOMPARE(scenario.service, QStringLiteral("auth-service"));
    QCOMPARE(scenario.tags,
             QStringList({QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three")}));
    QCOMPARE(scenario.rootCause, QStringLiteral("lost_index"));
    QCOMPARE(scenario.expectedActions, QStringList(QStringLiteral("rollback")));
    QCOMPARE(scenario.description, QStringLiteral("It is slow."));
    QCOMPARE(scenario.narration, QStringLiteral("Everybody waits."));
    QCOMPARE(scenario.context.value(QStringLiteral("pods")).toInt(), 3);
    QCOMPARE(scenario.durationSeconds, 90);
    QVERIFY(scenario.severity == Severity::Low);
    QVERIFY(scenario.difficulty == Difficulty::Advanced);
    QVERIFY(m_editor->isChanged());
    QSignalSpy accepted(m_editor.get(), &QDialog::accepted);
    QTest::mouseClick(field<QPushButton>("save"), Qt::LeftButton);
    QCOMPARE(accepted.size(), 1);
}

void TestScenarioEditor::objectsToWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("text");
    QTest::newRow("no name") << QByteArray("name") << QString();
    QTest::newRow("no id") << QByteArray("id") << QString();
    QTest::newRow("id with a blank") << QByteArray("id") << QStringLiteral("a b");
    QTest::newRow("id is taken") << QByteArray("id") << QStringLiteral("pod_crash_loop");
    QTest::newRow("service") << QByteArray("service") << QStringLiteral("pay ment");
    QTest::newRow("context is no JSON") << QByteArray("context") << QStringLiteral("{ \"a\": ");
    QTest::newRow("context is a list") << QByteArray("context") << QStringLiteral("[1]");
}

void TestScenarioEditor::objectsToWhatIsWrong()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, text);
    const QByteArray label = name + "Error";
    QVERIFY(shownError(label.constData()).isEmpty());
    if (auto *line = field<QLineEdit>(name.constData())) {
        line->setText(text);
    } else {
        field<QPlainTextEdit>(name.constData())->setPlainText(text);
    }
    const QString error = shownError(label.constData());
    QVERIFY2(error.endsWith(u'.'), qPrintable(error));
    QVERIFY(!field<QPushButton>("save")->isEnabled());
}

void TestScenarioEditor::idFollowsTheNameOfANewOne()
{
    m_editor = std::make_unique<ScenarioEditor>(Scenario(), m_library);
    m_editor->show();
    QVERIFY(!field<QPushButton>("save")->isEnabled());
    QTest::keyClicks(field<QLineEdit>("name"), QStringLiteral("Disk full, 98 %!"));
    QCOMPARE(field<QLineEdit>("id")->text(), QStringLiteral("disk_full_98"));
    QTest::keyClicks(field<QLineEdit>("id"), QStringLiteral("x"));
    QTest::keyClicks(field<QLineEdit>("name"), QStringLiteral(" more"));
    QCOMPARE(field<QLineEdit>("id")->text(), QStringLiteral("disk_full_98x"));
    field<QLineEdit>("service")->setText(QStringLiteral("a"));
    QVERIFY(field<QPushButton>("save")->isEnabled());
}

void TestScenarioEditor::editsMetricsInTheTable()
{
    auto *table = field<QTableView>("metricTable");
    const auto model = m_editor->findChild<MetricTableModel *>();
    table->setFocus();
    table->setCurrentIndex(model->index(0, MetricTableModel::Value));
    const auto typeInto = [&](const QString &text) {
        QTest::keyClick(table, Qt::Key_F2);
        auto *line = table->findChild<QLineEdit *>();
        QVERIFY(line);
        line->selectAll();
        QTest::keyClicks(line, text);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY(!table->findChild<QLineEdit *>());
    };
    typeInto(QStringLiteral("12.5"));
    QCOMPARE(m_editor->scenario().metrics[0].value, 12.5);
    typeInto(QStringLiteral("many"));
    QCOMPARE(m_editor->scenario().metrics[0].value, 12.5);
    QVERIFY(m_editor->isVisible()); // Return ended the cell, not the dialog

    // The sign of sigma has to fit.
    table->setCurrentIndex(model->index(0, MetricTableModel::Deviation));
    typeInto(QStringLiteral("-6"));
    QVERIFY(shownError("metricsError").contains(QStringLiteral("above 0")));
    QVERIFY(!field<QPushButton>("save")->isEnabled());
    typeInto(QStringLiteral("6"));
    QVERIFY(field<QPushButton>("save")->isEnabled());

    const QString first = m_editor->scenario().metrics[0].name;
    QTest::mouseClick(field<QToolButton>("metricDown"), Qt::LeftButton);
    QCOMPARE(m_editor->scenario().metrics[1].name, first);
    QVERIFY(field<QToolButton>("metricUp")->isEnabled());
    QTest::mouseClick(field<QToolButton>("metricUp"), Qt::LeftButton);
    QCOMPARE(m_editor->scenario().metrics[0].name, first);
    QTest::mouseClick(field<QToolButton>("addMetric"), Qt::LeftButton);
    QCOMPARE(m_editor->scenario().metrics.size(), 6);
    QTest::mouseClick(field<QToolButton>("addMetric"), Qt::LeftButton);
    QVERIFY(shownError("metricsError").contains(QStringLiteral("twice")));
    QTest::mouseClick(field<QToolButton>("removeMetric"), Qt::LeftButton);
    QVERIFY(shownError("metricsError").isEmpty());
    QCOMPARE(m_editor->scenario().metrics.size(), 6);
}

void TestScenarioEditor::saysWhatTheBackendStores()
{
    const auto says = [this] { return field<QLabel>("stored")->text(); };
    QVERIFY2(says().contains(QStringLiteral("critical (largest +7.0σ)")), qPrintable(says()));
    const auto model = m_editor->findChild<MetricTableModel *>();
    QList<Metric> metrics = model->metrics();
    for (Metric &metric : metrics) {
        metric.deviationSigma = metric.deviationSigma > 0 ? 4.5 : -4.5;
    }
    model->setMetrics(metrics);
    QVERIFY(says().contains(QStringLiteral("high (largest +4.5σ)")));
    model->setMetrics({});
    QVERIFY(says().contains(QStringLiteral("no metric")));
}

void TestScenarioEditor::asksBeforeSomethingIsLost()
{
    QTest::keyClicks(field<QLineEdit>("name"), QStringLiteral("x"));
    answer(QMessageBox::Cancel);
    QTest::keyClick(m_editor.get(), Qt::Key_Escape);
    QVERIFY(m_wasAsked && m_editor->isVisible());
    m_wasAsked = false;
    answer(QMessageBox::Discard);
    m_editor->close();
    QVERIFY(m_wasAsked && !m_editor->isVisible());
    // Where nothing changed, nothing is asked.
    init();
    answer(QMessageBox::Cancel);
    QTest::keyClick(m_editor.get(), Qt::Key_Escape);
    QVERIFY(!m_wasAsked && !m_editor->isVisible());
}

void TestScenarioEditor::chartFollowsTheRow()
{
    auto *chart = field<MetricChart>("preview");
    QVERIFY(chart->accessibleName().contains(QStringLiteral("_p95")));
    const auto model = m_editor->findChild<MetricTableModel *>();
    field<QTableView>("metricTable")->setCurrentIndex(model->index(3, 0));
    QVERIFY(chart->accessibleName().contains(QStringLiteral("database_connections_active")));
    model->setData(model->index(3, MetricTableModel::Pattern), QStringLiteral("spike"),
                   Qt::EditRole);
    QVERIFY(chart->accessibleDescription().contains(QStringLiteral("spike")));
    model->setMetrics({});
    QVERIFY(!chart->isVisible());
}

void TestScenarioEditor::readsAndWritesNumbersInAnyLocale_data()
{
    QTest::addColumn<QLocale>("locale");
    for (const char *name : {"C", "de_DE", "fr_FR", "fa_IR"}) {
        QTest::newRow(name) << QLocale(QLatin1String(name));
    }
}

void TestScenarioEditor::readsAndWritesNumbersInAnyLocale()
{
    QFETCH(QLocale, locale);
    const QLocale usual;
    QLocale::setDefault(locale);
    auto *table = field<QTableView>("metricTable");
    auto *model = m_editor->findChild<MetricTableModel *>();
    QList<Metric> metrics = model->metrics();
    metrics[0].value = 0.125;
    metrics[0].baseline = 0.996;
    metrics[0].deviationSigma = 2.8000000000000003;
    model->setMetrics(metrics);
    const auto openCell = [&](int column) {
        table->setFocus();
        table->setCurrentIndex(model->index(0, column));
        QTest::keyClick(table, Qt::Key_F2);
        return qobject_cast<QLineEdit *>(QApplication::focusWidget());
    };
    // Opened and left without a letter typed, no number changes.
    for (const int column :
         {MetricTableModel::Value, MetricTableModel::Baseline, MetricTableModel::Deviation}) {
        QLineEdit *cell = openCell(column);
        QVERIFY(cell);
        QTest::keyClick(cell, Qt::Key_Return);
        QApplication::processEvents(); // an editor closes a moment later
    }
    QVERIFY(model->metrics() == metrics);
    for (const char *typed : {"0.375", "0,375"}) {
        QLineEdit *cell = openCell(MetricTableModel::Value);
        cell->selectAll();
        QTest::keyClicks(cell, QLatin1String(typed));
        QTest::keyClick(cell, Qt::Key_Return);
        QApplication::processEvents();
        QCOMPARE(model->metrics()[0].value, 0.375);
        metrics[0].value = 0.5;
        model->setMetrics(metrics);
    }
    // What could mean two numbers is marked, and the one from before is kept.
    QLineEdit *cell = openCell(MetricTableModel::Value);
    cell->selectAll();
    QTest::keyClicks(cell, QStringLiteral("1.234,5"));
    QVERIFY(isMarkedRefused(cell));
    QCOMPARE(model->metrics()[0].value, 0.5);
    QTest::keyClick(cell, Qt::Key_Return);
    QApplication::processEvents();
    QCOMPARE(model->metrics()[0].value, 0.5);
    QCOMPARE(model->index(0, MetricTableModel::Value).data().toString(), QStringLiteral("0.5"));
    QVERIFY(field<MetricChart>("preview")->accessibleDescription().contains(QStringLiteral("0.5")));
    QLocale::setDefault(usual);
}

QTEST_MAIN(TestScenarioEditor)
#include "tst_scenarioeditor.moc"
