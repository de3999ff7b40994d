// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "../cli/scriptedtarget.h"
#include "answers.h"

#include "app/report/runreport.h"
#include "app/runs/runstore.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/player/incidentdialog.h"
#include "ui/player/runcontroller.h"
#include "ui/player/runnowdialog.h"
#include "ui/player/runsession.h"
#include "ui/report/reportdialog.h"
#include "ui/runs/runcomparedialog.h"
#include "ui/runs/runsdialog.h"
#include "ui/show/showcheckdialog.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plaintext.h"
#include "ui/window/mainwindow.h"

#include <QAbstractItemView>
#include <QHeaderView>
#include <QHelpEvent>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTextBrowser>
#include <QToolTip>

#include <atomic>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

/**
 * A pipe that nobody writes to: who opens it as a picture waits for ever. It is watched from a
 * thread, which lets such a reader go again and keeps that there was one.
 */
class Trap
{
public:
    explicit Trap(const QString &path)
        : m_path(path.toLocal8Bit())
    {
        if (::mkfifo(m_path.constData(), 0600) != 0) {
            qFatal("no pipe could be made");
        }
        m_thread = std::thread([this] {
            while (!m_isOver) {
                // Without a reader this is refused.
                const int writer = ::open(m_path.constData(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
                if (writer >= 0) {
                    m_wasOpened = true;
                    ::close(writer);
                }
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        });
    }

    ~Trap()
    {
        m_isOver = true;
        m_thread.join();
    }

    Trap(const Trap &) = delete;
    Trap &operator=(const Trap &) = delete;

    bool wasOpened() const { return m_wasOpened; }

private:
    QByteArray m_path;
    std::atomic_bool m_isOver = false;
    std::atomic_bool m_wasOpened = false;
    std::thread m_thread;
};

QLabel *shownToolTip()
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (window->inherits("QTipLabel") && window->isVisible()) {
            return qobject_cast<QLabel *>(window);
        }
    }
    return nullptr;
}

/** As Qt does when the pointer has rested there for a while. */
void hover(QWidget *widget, const QPoint &place)
{
    QHelpEvent event(QEvent::ToolTip, place, widget->mapToGlobal(place));
    QApplication::sendEvent(widget, &event);
}

} // namespace

/** What a file or a server says is shown as it was typed, and nothing that it names is read. */
class TestPlainText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void labelsShowWhatWasTyped();
    void messageBoxesShowWhatWasTyped();
    void toolTipsShowWhatWasTyped();
    void aRichToolTipLeavesTheNextOnePlain();
    void wrapsBetweenWords();
    void theWindowShowsWhatWasTyped();
    void dialogsShowWhatWasTyped();

private:
    QString writeTimeline();
    /** Plays it against a target that refuses with the same words; leaves a journal. */
    void playInWindow();
    /** Hovers everything below, and looks at every label; counts what was found. */
    void walk(QWidget *root);
    void walkWidget(QWidget *widget);
    void walkItems(QAbstractItemView *view);
    void checkToolTip(const QString &expected);

    QTemporaryDir m_home;
    std::unique_ptr<Trap> m_trap;
    QString m_hostile;
    ScriptedTarget m_target;
    std::unique_ptr<MainWindow> m_window;
    int m_toolTips = 0;
    int m_labels = 0;
};

void TestPlainText::initTestCase()
{
    QVERIFY(m_home.isValid());
    for (const char *home : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"}) {
        qputenv(home, m_home.path().toUtf8());
    }
    qunsetenv("TIMELINE_API_URL");
    qunsetenv("TIMELINE_API_KEY");
    const QString pipe = m_home.filePath(QStringLiteral("picture.png"));
    m_trap = std::make_unique<Trap>(pipe);
    m_hostile = QStringLiteral("<b>T</b><img src=\"%1\">").arg(pipe);
    m_target.body = QJsonDocument(QJsonObject{{QStringLiteral("detail"), m_hostile}}).toJson();
    PlainText::keep();
}

void TestPlainText::cleanup()
{
    m_window.reset();
    QToolTip::hideText();
    QVERIFY(!m_trap->wasOpened());
}

void TestPlainText::labelsShowWhatWasTyped()
{
    QWidget window;
    QLabel label(m_hostile, &window);
    label.adjustSize();
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QCOMPARE(label.textFormat(), Qt::PlainText);
    QCOMPARE(label.sizeHint().width(),
             label.fontMetrics().size(0, m_hostile).width() + 2 * label.margin());
    QLabel rich(QStringLiteral("<b>ours</b>"), &window);
    rich.setTextFormat(Qt::RichText);
    rich.show();
    QCOMPARE(rich.textFormat(), Qt::RichText);
}

void TestPlainText::messageBoxesShowWhatWasTyped()
{
    QMessageBox box(QMessageBox::Question, QStringLiteral("Delete"), m_hostile,
                    QMessageBox::Cancel);
    box.setInformativeText(m_hostile);
    box.show();
    QVERIFY(QTest::qWaitForWindowExposed(&box));
    int texts = 0;
    for (const QLabel *label : box.findChildren<QLabel *>()) {
        if (label->text() == m_hostile) {
            ++texts;
            QCOMPARE(label->textFormat(), Qt::PlainText);
        }
    }
    QCOMPARE(texts, 2);
}

void TestPlainText::checkToolTip(const QString &expected)
{
    const QLabel *tip = shownToolTip();
    QVERIFY(tip);
    QCOMPARE(tip->text(), expected);
    QCOMPARE(tip->textFormat(), Qt::PlainText);
    ++m_toolTips;
}

void TestPlainText::toolTipsShowWhatWasTyped()
{
    QPushButton button(QStringLiteral("Send"));
    button.setToolTip(m_hostile);
    button.show();
    QVERIFY(QTest::qWaitForWindowExposed(&button));
    QTest::mouseMove(&button, QPoint(2, 2));
    QTest::mouseMove(&button, button.rect().center());
    QTRY_VERIFY(shownToolTip()); // the pointer rests: Qt shows it by itself
    checkToolTip(m_hostile);
}

void TestPlainText::aRichToolTipLeavesTheNextOnePlain()
{
    QPushButton button(QStringLiteral("Send"));
    button.setToolTip(m_hostile);
    button.show();
    QVERIFY(QTest::qWaitForWindowExposed(&button));
    const auto showRich = [&] {
        PlainText::showRichToolTip(button.mapToGlobal(QPoint()), QStringLiteral("<b>ours</b>"),
                                   &button);
        const QLabel *tip = shownToolTip();
        QVERIFY(tip);
        QCOMPARE(tip->textFormat(), Qt::RichText);
        QCOMPARE(tip->text(), QStringLiteral("<b>ours</b>"));
    };
    showRich();
    hover(&button, button.rect().center());
    checkToolTip(m_hostile);
    showRich();
    PlainText::showToolTip(button.mapToGlobal(QPoint()), m_hostile, &button);
    checkToolTip(m_hostile);
    PlainText::hideToolTip();
    QTRY_VERIFY(!shownToolTip());
    showRich();
}

void TestPlainText::wrapsBetweenWords()
{
    const QString words = QStringLiteral("one two ").repeated(20).trimmed();
    const QStringList lines = PlainText::wrapped(words).split(u'\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines[0].size() <= 80 && lines[0].size() > 70);
    QCOMPARE(lines.join(u' '), words);
}

QString TestPlainText::writeTimeline()
{
    QFile file(m_home.filePath(QStringLiteral("hostile.json")));
    if (!file.open(QIODevice::WriteOnly)) {
        return {};
    }
    const QByteArray array = QJsonDocument(QJsonArray{m_hostile}).toJson(QJsonDocument::Compact);
    file.write(QStringLiteral(R"({"name": %1, "description": %1, "duration_minutes": 1,
        "markers": [{"at_seconds": 1, "name": %1, "notes": %1}],
        "incidents": [
            {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop",
             "title": %1, "comment": %1, "notes": %1, "narration": %1},
            {"delay_seconds": 5, "type": "llm_generated", "llm_prompt": %1, "title": %1,
             "service_name": "payment-service", "expected_severity": "high"}]})")
                   .arg(QString::fromUtf8(array.mid(1).chopped(1)))
                   .toUtf8());
    return file.fileName();
}

void TestPlainText::playInWindow()
{
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QVERIFY(m_window->openFile(writeTimeline()));
    Target target;
    target.base = QUrl(m_target.url());
    m_window->controller()->setTarget(target);
    m_window->session()->setSpeed(1000);
    // A show goes to the target, after a question that has its texts as well.
    QVERIFY(m_window->session()->setMode(Mode::Show));
    whenAsked<ShowCheckDialog>([this](ShowCheckDialog *dialog) {
        const auto *again = dialog->findChild<QPushButton *>(QStringLiteral("checkAgain"));
        QTRY_VERIFY(again->text().remove(u'&').contains(QStringLiteral("again")));
        walk(dialog);
        dialog->findChild<QPushButton *>(QStringLiteral("startShow"))->click();
    });
    m_window->session()->controls().pressPlay();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->incidentModel()->stateOf(1) == IncidentState::Failed, 30000);
    // It stays open, since what failed could be sent again.
    QTRY_VERIFY(m_window->session()->isWaitingForEnd());
    m_window->session()->endShow();
    QTRY_VERIFY(!m_window->controller()->isActive());
}

void TestPlainText::walkWidget(QWidget *widget)
{
    if (const auto *label = qobject_cast<QLabel *>(widget); label && !label->text().isEmpty()) {
        QVERIFY2(label->textFormat() != Qt::AutoText, qPrintable(label->text()));
        m_labels += label->text().contains(u"<b>T</b>") ? 1 : 0;
        QVERIFY2(label->textFormat() == Qt::PlainText || !label->text().contains(u"<img"),
                 qPrintable(label->text()));
    }
    if (const auto *browser = qobject_cast<QTextBrowser *>(widget)) {
        QVERIFY(!browser->document()->toHtml().contains(u"<img"));
    }
    if (widget->toolTip().contains(m_hostile)) {
        const QString expected = widget->toolTip();
        hover(widget, widget->rect().center());
        checkToolTip(expected);
    }
}

void TestPlainText::walkItems(QAbstractItemView *view)
{
    const QAbstractItemModel *model = view->model();
    if (!model || qobject_cast<QHeaderView *>(view)) {
        return;
    }
    for (int row = 0; row < model->rowCount(view->rootIndex()); ++row) {
        for (int column = 0; column < model->columnCount(view->rootIndex()); ++column) {
            const QModelIndex index = model->index(row, column, view->rootIndex());
            const QString expected = index.data(Qt::ToolTipRole).toString();
            view->scrollTo(index);
            const QRect place = view->visualRect(index) & view->viewport()->rect();
            if (!expected.contains(m_hostile) || place.isEmpty()) {
                continue;
            }
            hover(view->viewport(), place.center());
            checkToolTip(expected);
        }
    }
}

void TestPlainText::walk(QWidget *root)
{
    m_toolTips = 0;
    m_labels = 0;
    QList<QWidget *> widgets = root->findChildren<QWidget *>();
    widgets.prepend(root);
    for (QWidget *widget : std::as_const(widgets)) {
        if (!widget->isVisible()) {
            continue;
        }
        walkWidget(widget);
        if (auto *view = qobject_cast<QAbstractItemView *>(widget)) {
            walkItems(view);
        }
    }
    QVERIFY(!m_trap->wasOpened());
}

void TestPlainText::theWindowShowsWhatWasTyped()
{
    playInWindow();
    walk(m_window.get());
    QVERIFY(m_labels > 0);
    // The same file and run in the design.
    QVERIFY(m_window->session()->setMode(Mode::Design));
    QTest::qWait(0);
    walk(m_window.get());
    QVERIFY2(m_toolTips >= 4, qPrintable(QString::number(m_toolTips)));
    // The timeline's own tool tip has bold words of ours, and the file's are escaped in it.
    TimelineView *view = m_window->timelineView();
    hover(view->viewport(), view->canvas().blockRect(1).center());
    const QLabel *tip = shownToolTip();
    QVERIFY(tip);
    QCOMPARE(tip->textFormat(), Qt::RichText);
    QVERIFY(tip->text().contains(m_hostile.toHtmlEscaped()) && !tip->text().contains(u"<img"));
}

void TestPlainText::dialogsShowWhatWasTyped()
{
    playInWindow();
    const QString journal = m_window->controller()->journal();
    const Result<RunRecord> record = RunStore::read(journal);
    QVERIFY(record.has_value());
    const auto look = [this](QDialog &dialog) {
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        walk(&dialog);
    };
    ReportDialog report(*readReport(journal));
    look(report);
    QVERIFY(m_toolTips >= 2);
    IncidentDialog incident(record->incidents().first());
    look(incident);
    RunsDialog runs({}, nullptr);
    look(runs);
    QVERIFY(m_toolTips >= 1);
    const RunCompareDialog::Side side{m_hostile, *record};
    RunCompareDialog comparison(side, side);
    look(comparison);
    Scenario scenario;
    scenario.id = QStringLiteral("hostile");
    scenario.name = m_hostile;
    scenario.description = m_hostile;
    scenario.service = QStringLiteral("payment-service");
    Target target;
    target.base = QUrl(m_target.url());
    const ScenarioLibrary library = ScenarioLibrary::standard();
    RunNowDialog now(scenario, library, target, nullptr);
    look(now);
}

QTEST_MAIN(TestPlainText)
#include "tst_plaintext.moc"
