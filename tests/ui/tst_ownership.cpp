// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/runplan.h"
#include "scriptedgenerator.h"
#include "tests/ui/activation.h"
#include "ui/commands/keysdialog.h"
#include "ui/document/timelinedocument.h"
#include "ui/generation/generatordialog.h"
#include "ui/library/scenarioeditor.h"
#include "ui/look/theme.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/player/mode.h"
#include "ui/player/runsession.h"
#include "ui/player/targetdialog.h"
#include "ui/prompt/prompteditor.h"
#include "ui/properties/propertiespanel.h"
#include "ui/rehearsal/rehearsaldialog.h"
#include "ui/runs/replaydialog.h"
#include "ui/source/sourceview.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/numberbox.h"
#include "ui/widgets/parametersdialog.h"
#include "ui/widgets/timeedit.h"
#include "ui/window/mainwindow.h"
#include "ui/window/prompttabs.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStyleFactory>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <functional>
#include <map>
#include <memory>

/**
 * Only what a user does in an editor just now changes anything. Each editor of the window gets
 * another theme, font, style, locale and scale, and is passed through without a letter typed, while
 * it is shown, hidden, and older than the timeline.
 */
class TestOwnership : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void editorsOfTheTimeline_data();
    void editorsOfTheTimeline();
    void dialogs_data();
    void dialogs();
    void savesWithoutAskingIfNothingWasTyped();
    void looksAsIfStartedInThatTheme_data();
    void looksAsIfStartedInThatTheme();

private:
    enum class State { Shown, Hidden, Stale };

    /** What the document is and where it stands in its undo. */
    struct Standing
    {
        QByteArray text;
        int steps = 0;
        int step = 0;
        bool isClean = false;

        bool operator==(const Standing &) const = default;
    };
    Standing standing() const;
    static QStringList fieldsOf(const QWidget *root);
    static QString difference(const QStringList &before, const QStringList &after);
    /** Nothing of which is an edit. */
    void disturb(QWidget *root, bool isShown);
    void editElsewhere();
    QWidget *open(const QString &editor);
    std::unique_ptr<QWidget> dialog(const QString &name);

    QTemporaryDir m_home;
    QPalette m_palette;
    QFont m_font;
    /** Widgets do not own them. */
    std::map<QByteArray, std::unique_ptr<QStyle>> m_styles;
    QLocale m_locale;
    ScenarioLibrary m_scenarios;
    QList<QPointer<ScriptedJob>> m_jobs;
    std::unique_ptr<MainWindow> m_window;
};

/** Spellings and values that a field cannot show as they are, so that reading them back would show.
 */
static const QByteArray Odd =
    "{\n"
    "  \"name\": \"Odd \xC2\xA0 values \", // with a blank at its end\r\n"
    "  \"description\": \"two\\nlines\\n\",\n"
    "  \"duration_minutes\": 2.10e1,\n"
    "  \"variables\": { \"b\": \" 1,5 \", \"a\": \"\" },\n"
    "  \"markers\": [ { \"at_seconds\": 1.5e1, \"name\": \" m \", \"notes\": \"x\\u00a0\" } ],\n"
    "  \"lanes\": [ { \"service\": \"orders\", \"muted\": true } ],\n"
    "  \"incidents\": [\n"
    "    { \"id\": \"one\", \"delay_seconds\": 60.000, \"type\": \"predefined\",\n"
    "      \"scenario_id\": \"memory_leak_gradual\", \"title\": \" t \", \"hold\": true },\n"
    "    { \"id\": \"two\", \"delay_seconds\": 240.125, \"type\": \"llm_generated\",\n"
    "      \"llm_prompt\": \"The disk of {{service}} fills.\\u2003Because of {{cause}} \",\n"
    "      \"service_name\": \"orders\", \"expected_severity\": \"critical\",\n"
    "      \"duration_seconds\": 0.5, \"seed\": 9007199254740993,\n"
    "      \"variables\": { \"cause\": \" logs \" }, \"notes\": \"n \",\n"
    "      \"narration\": \"\", \"comment\": \" c\", \"x\": [ 1.0 ] }\n"
    "  ]\n"
    "}\n";

void TestOwnership::initTestCase()
{
    QVERIFY(m_home.isValid());
    qputenv("XDG_CONFIG_HOME", m_home.filePath(QStringLiteral("config")).toUtf8());
    qputenv("XDG_DATA_HOME", m_home.filePath(QStringLiteral("data")).toUtf8());
    qputenv("XDG_STATE_HOME", m_home.filePath(QStringLiteral("state")).toUtf8());
    qunsetenv("TIMELINE_API_URL");
    qunsetenv("TIMELINE_API_KEY");
    applyAppearance(Appearance::Light);
    m_palette = QApplication::palette();
    m_font = QApplication::font();
    m_scenarios =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
}

void TestOwnership::init()
{
    QFile file(m_home.filePath(QStringLiteral("odd.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(Odd);
    file.close();
    m_window = std::make_unique<MainWindow>();
    m_window->prompts()->setGeneratorSource(scriptedSource(m_jobs));
    m_window->resize(1500, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QVERIFY(activate(m_window.get()));
    QVERIFY(m_window->openFile(file.fileName()));
}

void TestOwnership::cleanup()
{
    m_window.reset();
    m_jobs.clear();
    QLocale::setDefault(m_locale);
    QApplication::setFont(m_font);
    QApplication::setPalette(m_palette);
}

TestOwnership::Standing TestOwnership::standing() const
{
    TimelineDocument *document = m_window->document();
    const QUndoStack *stack = document->undoStack();
    return {document->text(), stack->count(), stack->index(), stack->isClean()};
}

/** What stands in every field, as its user sees and edits it. */
QStringList TestOwnership::fieldsOf(const QWidget *root)
{
    QStringList fields;
    for (const QWidget *widget : root->findChildren<QWidget *>()) {
        QString value;
        if (const auto *line = qobject_cast<const QLineEdit *>(widget)) {
            value = line->text();
        } else if (const auto *text = qobject_cast<const QPlainTextEdit *>(widget)) {
            value = text->document()->toRawText();
        } else if (const auto *box = qobject_cast<const QComboBox *>(widget)) {
            value = box->currentText();
        } else if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
            if (button->isCheckable()) {
                value = button->isChecked() ? QStringLiteral("on") : QStringLiteral("off");
            }
        } else if (const auto *number = qobject_cast<const NumberBox *>(widget)) {
            value = QString::number(number->value(), 'g', 17);
        } else if (const auto *time = qobject_cast<const TimeEdit *>(widget)) {
            value = QString::number(time->time().count());
        } else if (const auto *table = qobject_cast<const QTableView *>(widget)) {
            for (int row = 0; row < table->model()->rowCount(); ++row) {
                for (int column = 0; column < table->model()->columnCount(); ++column) {
                    value +=
                        table->model()->index(row, column).data(Qt::EditRole).toString() + u'|';
                }
            }
        }
        if (!value.isNull()) {
            fields.append(QLatin1String(widget->metaObject()->className()) + u' ' +
                          widget->objectName() + u": " + value);
        }
    }
    return fields;
}

/** The first field that differs, with both of its values. */
QString TestOwnership::difference(const QStringList &before, const QStringList &after)
{
    for (qsizetype i = 0; i < std::max(before.size(), after.size()); ++i) {
        if (before.value(i) != after.value(i)) {
            return QStringLiteral("%1, then %2").arg(before.value(i), after.value(i));
        }
    }
    return {};
}

void TestOwnership::disturb(QWidget *root, bool isShown)
{
    const auto tellAll = [](QEvent::Type type) {
        for (QWidget *widget : QApplication::allWidgets()) {
            QEvent event(type);
            QApplication::sendEvent(widget, &event);
        }
        QApplication::processEvents();
    };
    for (const Appearance appearance : {Appearance::Dark, Appearance::Light, Appearance::Dark}) {
        applyAppearance(appearance);
        QApplication::processEvents();
    }
    QFont large = m_font;
    large.setPointSizeF(m_font.pointSizeF() * 1.6);
    QApplication::setFont(large);
    QApplication::processEvents();
    for (const char *style : {"Windows", "Fusion"}) {
        std::unique_ptr<QStyle> &made = m_styles[style];
        if (!made) {
            made.reset(QStyleFactory::create(QLatin1String(style)));
        }
        root->setStyle(made.get());
        for (QWidget *part : root->findChildren<QWidget *>()) {
            part->setStyle(root->style());
        }
        QApplication::processEvents();
    }
    for (const char *name : {"de_DE", "fa_IR", "ar_EG", "C"}) {
        QLocale::setDefault(QLocale(QLatin1String(name)));
        root->setLocale(QLocale());
        tellAll(QEvent::LocaleChange);
        tellAll(QEvent::LanguageChange);
    }
    tellAll(QEvent::ScreenChangeInternal);
    root->window()->resize(root->window()->size() + QSize(120, 90));
    QApplication::processEvents();
    QApplication::setFont(m_font);
    QApplication::setPalette(m_palette);
    tellAll(QEvent::WindowDeactivate);
    tellAll(QEvent::WindowActivate);
    if (isShown) {
        // Through every field and every tab, without a letter typed.
        QList<QPointer<QWidget>> fields; // some are gone once they are left
        for (QWidget *widget : root->findChildren<QWidget *>()) {
            fields.append(widget);
        }
        for (const QPointer<QWidget> &widget : std::as_const(fields)) {
            if (widget && widget->isVisible() && widget->isEnabled() &&
                widget->focusPolicy() != Qt::NoFocus) {
                widget->setFocus(Qt::TabFocusReason);
                QApplication::processEvents();
            }
        }
        for (auto *tabs : root->findChildren<QTabWidget *>()) {
            const int before = tabs->currentIndex();
            for (int tab = 0; tab < tabs->count(); ++tab) {
                tabs->setCurrentIndex(tab);
                QApplication::processEvents();
            }
            tabs->setCurrentIndex(before);
        }
        if (QWidget *last = QApplication::focusWidget()) {
            last->clearFocus();
        }
    }
    QTest::qWait(400); // longer than what is typed waits for
}

/** As by an undo, a run that ends, or a hand on the canvas. */
void TestOwnership::editElsewhere()
{
    Timeline after = m_window->document()->timeline();
    after.name = QStringLiteral("Newer");
    after.description = QStringLiteral("newer");
    after.variables[QStringLiteral("c")] = QStringLiteral("new");
    after.markers[0].at = std::chrono::seconds(20);
    after.markers[0].notes = QStringLiteral("newer");
    after.incidents[0].delay = std::chrono::seconds(90);
    after.incidents[1].prompt = QStringLiteral("The disk of {{service}} is slow.");
    after.incidents[1].notes = QStringLiteral("newer");
    after.incidents[1].comment = QStringLiteral("newer");
    after.incidents[1].serviceName = QStringLiteral("payments");
    after.incidents[1].seed = 3;
    QVERIFY(m_window->document()->edit(QStringLiteral("Newer"), after));
}

QWidget *TestOwnership::open(const QString &editor)
{
    QItemSelectionModel *selection = m_window->timelineView()->selection().model();
    const auto select = [&](const QList<int> &rows) {
        selection->clearSelection();
        for (const int row : rows) {
            selection->select(m_window->incidentModel()->index(row, 0),
                              QItemSelectionModel::Select | QItemSelectionModel::Rows);
        }
    };
    auto *source = m_window->findChild<SourceView *>();
    auto *tabs = m_window->findChild<QTabWidget *>();
    // A tab that is passed through for the first time is filled then.
    tabs->setCurrentWidget(source);
    QApplication::processEvents();
    tabs->setCurrentIndex(0);
    if (editor == u"JSON") {
        tabs->setCurrentWidget(source);
    } else if (editor == u"JSON, broken") {
        tabs->setCurrentWidget(source);
        auto *text = source->findChild<QPlainTextEdit *>(QStringLiteral("source"));
        text->moveCursor(QTextCursor::Start);
        QTest::keyClicks(text, QStringLiteral("oops"));
        if (!QTest::qWaitFor([source] { return source->isLeft(); })) {
            qFatal("it is not broken");
        }
    } else if (editor == u"one incident") {
        select({0});
    } else if (editor == u"a prompt") {
        select({1});
    } else if (editor == u"several incidents") {
        select({0, 1});
    } else if (editor == u"a marker") {
        m_window->properties()->showMarker(0);
    } else if (editor == u"a lane's name") {
        m_window->timelineView()->controller().askForLaneName(0);
    } else if (editor == u"prompt workspace") {
        PromptEditor *workspace = m_window->prompts()->open(QStringLiteral("two"));
        workspace->generate();
        QList<QPointer<ScriptedJob>> jobs = m_jobs;
        for (const QPointer<ScriptedJob> &job : jobs) {
            job->succeed(*m_scenarios.find(QStringLiteral("latency_spike_database")));
        }
        if (!QTest::qWaitFor([workspace] { return !workspace->variants().isBusy(); })) {
            qFatal("it is not made");
        }
    } else if (editor == u"a show") {
        m_window->session()->setMode(Mode::Show);
    }
    QApplication::processEvents();
    return m_window.get();
}

void TestOwnership::editorsOfTheTimeline_data()
{
    QTest::addColumn<QString>("editor");
    QTest::addColumn<State>("state");
    for (const char *editor :
         {"JSON", "JSON, broken", "the timeline", "one incident", "a prompt", "several incidents",
          "a marker", "a lane's name", "prompt workspace", "a show"}) {
        for (const auto &[state, name] :
             {std::pair(State::Shown, "shown"), std::pair(State::Hidden, "hidden"),
              std::pair(State::Stale, "stale")}) {
            if (state == State::Stale && QLatin1String(editor) == QLatin1String("a show")) {
                continue; // which locks the timeline
            }
            QTest::newRow(qPrintable(QLatin1String(editor) + u", " + QLatin1String(name)))
                << QString::fromLatin1(editor) << state;
        }
    }
}

void TestOwnership::editorsOfTheTimeline()
{
    QFETCH(QString, editor);
    QFETCH(State, state);
    QWidget *root = open(editor);
    if (QTest::currentTestFailed()) {
        return;
    }
    if (state != State::Shown) {
        m_window->hide();
    }
    if (state == State::Stale) {
        editElsewhere();
    }
    const Standing before = standing();
    const double speed = m_window->session()->speed();
    const QStringList fields = fieldsOf(root);
    QVERIFY(fields.size() > 20);
    disturb(root, state == State::Shown);
    QCOMPARE(standing().text, before.text);
    QVERIFY(standing() == before);
    QCOMPARE(m_window->session()->speed(), speed);
    // The name of a lane is answered by leaving it.
    if (state != State::Stale && editor != u"a lane's name") {
        QCOMPARE(difference(fields, fieldsOf(root)), QString());
    }
    // What comes into sight again shows the newer timeline, and does not write the older one.
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QTest::qWait(300);
    QVERIFY(standing() == before);
}

std::unique_ptr<QWidget> TestOwnership::dialog(const QString &name)
{
    if (name == u"scenario") {
        Scenario odd = *m_scenarios.find(QStringLiteral("latency_spike_database"));
        odd.id = QStringLiteral("mine");
        odd.origin = Scenario::Origin::User;
        odd.description = QStringLiteral(" a\u00a0b\n");
        odd.name += u' ';
        odd.tags = {QStringLiteral("a"), QStringLiteral(" b ")};
        odd.metrics[0].value = 0.125;
        odd.metrics[0].baseline = 1.0 / 3.0;
        odd.metrics[0].deviationSigma = 2.8000000000000003;
        return std::make_unique<ScenarioEditor>(odd, m_scenarios);
    }
    if (name == u"generators") {
        return std::make_unique<GeneratorDialog>();
    }
    if (name == u"target") {
        return std::make_unique<TargetDialog>(Target());
    }
    if (name == u"keys") {
        return std::make_unique<KeysDialog>(*m_window->commands(),
                                            QList<std::pair<QString, QString>>(), nullptr);
    }
    if (name == u"rehearsal") {
        return std::make_unique<RehearsalDialog>(RunPlan());
    }
    if (name == u"replay") {
        return std::make_unique<ReplayDialog>(RunRecord(), QStringLiteral("Sandbox"), true);
    }
    auto asked = std::make_unique<ParametersDialog>(QStringLiteral("Repeat"), QString(),
                                                    QStringLiteral("Repeat"), nullptr);
    asked->addNumber(QStringLiteral("Times"), 3, 1, 10);
    asked->addTime(QStringLiteral("Every"), std::chrono::milliseconds(1250));
    return asked;
}

void TestOwnership::dialogs_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isShown");
    for (const char *name :
         {"scenario", "generators", "target", "keys", "rehearsal", "replay", "parameters"}) {
        QTest::addRow("%s, shown", name) << QString::fromLatin1(name) << true;
        QTest::addRow("%s, hidden", name) << QString::fromLatin1(name) << false;
    }
}

void TestOwnership::dialogs()
{
    QFETCH(QString, name);
    QFETCH(bool, isShown);
    const std::unique_ptr<QWidget> dialog = this->dialog(name);
    dialog->show();
    QVERIFY(QTest::qWaitForWindowExposed(dialog.get()));
    QVERIFY(activate(dialog.get()));
    if (!isShown) {
        dialog->hide();
    }
    const Standing before = standing();
    const QStringList fields = fieldsOf(dialog.get());
    const QList<GeneratorProfile> generators = Generators::all();
    disturb(dialog.get(), isShown);
    QCOMPARE(difference(fields, fieldsOf(dialog.get())), QString());
    QVERIFY(standing() == before);
    QVERIFY(Generators::all() == generators);
    if (const auto *editor = qobject_cast<ScenarioEditor *>(dialog.get())) {
        QVERIFY(!editor->isChanged());
    }
}

void TestOwnership::savesWithoutAskingIfNothingWasTyped()
{
    open(QStringLiteral("JSON"));
    disturb(m_window.get(), true);
    editElsewhere();
    const QByteArray text = m_window->document()->text();
    // A question would wait here for an answer that never comes.
    QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
    QVERIFY(!m_window->document()->isModified());
    QFile file(m_window->document()->path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), text);
}

void TestOwnership::looksAsIfStartedInThatTheme_data()
{
    QTest::addColumn<QString>("editor");
    for (const char *editor : {"JSON", "the timeline", "a prompt", "prompt workspace", "a show"}) {
        QTest::newRow(editor) << QString::fromLatin1(editor);
    }
}

/** A switch leaves nothing in the colors of before: a window of that theme looks the same. */
void TestOwnership::looksAsIfStartedInThatTheme()
{
    QFETCH(QString, editor);
    const auto picture = [this] {
        if (QWidget *last = QApplication::focusWidget()) {
            last->clearFocus();
        }
        QApplication::processEvents();
        QTest::qWait(300);
        // Without the time of day.
        QPixmap shot = m_window->grab();
        QPainter painter(&shot);
        for (const char *name : {"wallClock", "showEnd"}) {
            const auto *clock = m_window->findChild<QWidget *>(QLatin1String(name));
            painter.fillRect(QRect(clock->mapTo(m_window.get(), QPoint()), clock->size()),
                             Qt::black);
        }
        return shot.toImage();
    };
    const auto shownIn = [&](Appearance appearance) {
        cleanup();
        applyAppearance(appearance);
        init();
        open(editor);
        return picture();
    };
    const QImage dark = shownIn(Appearance::Dark);
    const QImage light = shownIn(Appearance::Light);
    applyAppearance(Appearance::Dark);
    const QImage switched = picture();
    applyAppearance(Appearance::Light);
    const QImage back = picture();
    QVERIFY(dark != light);
    // A seed may differ; a control in the wrong colors is larger than those.
    const auto differing = [](const QImage &one, const QImage &other) {
        int count = 0;
        for (int y = 0; y < one.height(); ++y) {
            for (int x = 0; x < one.width(); ++x) {
                if (std::abs(qGray(one.pixel(x, y)) - qGray(other.pixel(x, y))) > 24) {
                    ++count;
                }
            }
        }
        return count;
    };
    QCOMPARE(switched.size(), dark.size());
    QVERIFY2(differing(switched, dark) < 300,
             qPrintable(QString::number(differing(switched, dark))));
    QVERIFY2(differing(back, light) < 300, qPrintable(QString::number(differing(back, light))));
}

QTEST_MAIN(TestOwnership)
#include "tst_ownership.moc"
