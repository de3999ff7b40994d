// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/library/scenariostore.h"
#include "ui/charts/metricchart.h"
#include "ui/library/librarypanel.h"
#include "ui/library/librarypreview.h"
#include "ui/library/libraryview.h"
#include "ui/library/scenarioeditor.h"
#include "ui/look/theme.h"
#include "ui/widgets/chipbutton.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/timeedit.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QDrag>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

/** The library as a user has it: by mouse and by keys, with the files that it leaves. */
class TestLibraryPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void findsAsOneTypes();
    void narrowsByButtons();
    void insertsByEnterAndDoubleClick();
    void insertsNothingWhileLocked();
    void keysStayWithTheList();
    void enterOpensAndClosesAHeading();
    void opensTemplatesAndCollections();
    void remembersFavourites();
    void showsThePreview();
    void customisesAndDeletes();
    void importsUnderAFreeId();
    void refusesWhatIsNoScenario();
    void insertsACollectionAtAnInterval();
    void keepsTheSelectionAcrossAReload();
    void dragsByTheMouse();
    void paintsADragPicture();
    void readsTheThemeAnew();

private:
    LibraryView *view(const char *name) const
    {
        return m_panel->findChild<LibraryView *>(QLatin1String(name));
    }
    QLineEdit *search() const
    {
        return m_panel->findChild<QLineEdit *>(QStringLiteral("librarySearch"));
    }
    int shown(const char *name) const
    {
        int count = 0;
        const QAbstractItemModel *model = view(name)->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            count += model->rowCount(model->index(row, 0));
        }
        return count;
    }
    QString ownFolder() const
    {
        return m_data->filePath(QStringLiteral("timeline-orchestrator/scenarios"));
    }
    /** Presses a button of the next message box; what it asked is in m_asked. */
    void answer(const QString &part);

    std::unique_ptr<QTemporaryDir> m_data;
    std::unique_ptr<QWidget> m_window;
    LibraryPanel *m_panel = nullptr;
    QString m_asked;
};

void TestLibraryPanel::init()
{
    m_data = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", m_data->path().toUtf8());
    qputenv("XDG_CONFIG_HOME", m_data->filePath(QStringLiteral("config")).toUtf8());
    m_asked.clear();
    m_window = std::make_unique<QWidget>();
    m_panel = new LibraryPanel(m_window.get());
    auto *column = new QVBoxLayout(m_window.get());
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_panel);
    connect(m_panel, &LibraryPanel::libraryChanged, m_panel,
            [this] { m_panel->setScenarios(ScenarioLibrary::standard()); });
    m_panel->setScenarios(ScenarioLibrary::standard());
    m_window->resize(300, 800);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestLibraryPanel::cleanup()
{
    m_window.reset();
    m_data.reset();
}

void TestLibraryPanel::answer(const QString &part)
{
    auto *timer = new QTimer(m_panel);
    connect(timer, &QTimer::timeout, m_panel, [this, timer, part] {
        auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
        if (!box) {
            return;
        }
        timer->deleteLater();
        m_asked = box->text();
        const auto buttons = box->buttons();
        for (QAbstractButton *button : buttons) {
            if (button->text().contains(part)) {
                button->click();
                return;
            }
        }
        box->reject();
    });
    timer->start(10);
}

void TestLibraryPanel::findsAsOneTypes()
{
    QCOMPARE(search()->placeholderText(), QStringLiteral("Search 5 scenarios"));
    m_panel->focusSearch();
    QVERIFY(search()->hasFocus());
    QTest::keyClicks(search(), QStringLiteral("crash"));
    QCOMPARE(shown("scenarios"), 1);
    QTest::keyClick(search(), Qt::Key_Down);
    QVERIFY(view("scenarios")->hasFocus());
    QCOMPARE(view("scenarios")->currentIndex().data(LibraryModel::KeyRole).toString(),
             QStringLiteral("scenario:pod_crash_loop"));
    // The same words look through the other tabs.
    m_panel->showTab(LibraryPanel::Prompts);
    QVERIFY(shown("prompts") > 0 && shown("prompts") < 51);
    QVERIFY(view("prompts")->isExpanded(view("prompts")->model()->index(0, 0)));
    QTest::keyClicks(search(), QStringLiteral("zzz"));
    QCOMPARE(shown("prompts"), 0);
    const auto hints = view("prompts")->viewport()->findChildren<QLabel *>();
    QVERIFY(hints[0]->isVisible() && hints[0]->text().startsWith(QStringLiteral("Nothing fits")));
    QTest::keyClick(search(), Qt::Key_Escape);
    QCOMPARE(shown("prompts"), 51);
    QCOMPARE(search()->placeholderText(), QStringLiteral("Search 51 prompts"));
}

void TestLibraryPanel::narrowsByButtons()
{
    auto *critical = m_panel->findChild<ChipButton *>(QStringLiteral("severity_critical"));
    QTest::mouseClick(critical, Qt::LeftButton);
    QCOMPARE(shown("scenarios"), 2);
    QTest::mouseClick(critical, Qt::LeftButton);
    auto *difficulty = m_panel->findChild<QComboBox *>(QStringLiteral("difficulty"));
    difficulty->setFocus();
    QTest::keyClick(difficulty, Qt::Key_Down);
    QCOMPARE(shown("scenarios"), 2);
    QTest::keyClick(difficulty, Qt::Key_Up);
    auto *tags = m_panel->findChild<QWidget *>(QStringLiteral("tags"));
    const auto chips = tags->findChildren<ChipButton *>();
    QCOMPARE(chips.size(), 5);
    QVERIFY(chips.last()->y() > chips.first()->y()); // they wrap
    for (ChipButton *chip : chips) {
        if (chip->text() == u"external") {
            QTest::keyClick(chip, Qt::Key_Space);
        }
    }
    QCOMPARE(shown("scenarios"), 2);
    // A template has neither severity nor difficulty.
    m_panel->showTab(LibraryPanel::Templates);
    QVERIFY(!critical->isVisible() && !difficulty->isVisible());
    auto *service = m_panel->findChild<QComboBox *>(QStringLiteral("service"));
    service->setCurrentIndex(service->findData(QStringLiteral("auth-service")));
    QCOMPARE(shown("templates"), 1);
}

void TestLibraryPanel::insertsByEnterAndDoubleClick()
{
    QSignalSpy inserted(m_panel, &LibraryPanel::insertRequested);
    QVERIFY(m_panel->select(QStringLiteral("scenario:pod_crash_loop")));
    view("scenarios")->setFocus();
    QTest::keyClick(view("scenarios"), Qt::Key_Return);
    QTest::keyClick(view("scenarios"), Qt::Key_Enter, Qt::KeypadModifier);
    QCOMPARE(inserted.size(), 2);
    const auto fragment = inserted[1][0].value<TimelineFragment>();
    QCOMPARE(fragment.incidents[0].scenarioId, QStringLiteral("pod_crash_loop"));
    const QModelIndex other = view("scenarios")->indexAbove(view("scenarios")->currentIndex());
    const QPoint point = view("scenarios")->visualRect(other).center();
    QTest::mouseClick(view("scenarios")->viewport(), Qt::LeftButton, {}, point);
    QTest::mouseDClick(view("scenarios")->viewport(), Qt::LeftButton, {}, point);
    QCOMPARE(inserted.size(), 3);
    QVERIFY(inserted[2][0].value<TimelineFragment>().incidents[0].scenarioId != u"pod_crash_loop");
}

void TestLibraryPanel::insertsNothingWhileLocked()
{
    QSignalSpy inserted(m_panel, &LibraryPanel::insertRequested);
    m_panel->select(QStringLiteral("scenario:pod_crash_loop"));
    m_panel->setInsertEnabled(false);
    view("scenarios")->setFocus();
    QTest::keyClick(view("scenarios"), Qt::Key_Return);
    const QPoint point = view("scenarios")->visualRect(view("scenarios")->currentIndex()).center();
    QTest::mouseDClick(view("scenarios")->viewport(), Qt::LeftButton, {}, point);
    QCOMPARE(inserted.size(), 0);
    QVERIFY(!view("scenarios")->dragEnabled());
}

void TestLibraryPanel::keysStayWithTheList()
{
    // A window binds Return and Delete to something else.
    QAction windows;
    windows.setShortcuts({Qt::Key_Return, QKeySequence::Delete});
    m_window->addAction(&windows);
    QSignalSpy triggered(&windows, &QAction::triggered);
    QSignalSpy inserted(m_panel, &LibraryPanel::insertRequested);
    m_panel->select(QStringLiteral("scenario:pod_crash_loop"));
    view("scenarios")->setFocus();
    QTest::keyClick(view("scenarios"), Qt::Key_Return);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(triggered.size(), 0);
    // Nothing of the user's is selected, so Delete is the window's.
    QTest::keyClick(view("scenarios"), Qt::Key_Delete);
    QCOMPARE(triggered.size(), 1);
}

void TestLibraryPanel::enterOpensAndClosesAHeading()
{
    QSignalSpy inserted(m_panel, &LibraryPanel::insertRequested);
    LibraryView *list = view("scenarios");
    const QModelIndex heading = list->model()->index(0, 0);
    list->setCurrentIndex(heading);
    list->setFocus();
    QVERIFY(list->isExpanded(heading));
    QTest::keyClick(list, Qt::Key_Return);
    QVERIFY(!list->isExpanded(heading));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(heading).center());
    QVERIFY(list->isExpanded(heading));
    QCOMPARE(inserted.size(), 0);
    // The heading of a collection is the whole series.
    m_panel->showTab(LibraryPanel::Prompts);
    m_panel->select(QStringLiteral("collection:database_day"));
    view("prompts")->setFocus();
    QTest::keyClick(view("prompts"), Qt::Key_Return);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted[0][0].value<TimelineFragment>().incidents.size(), 6);
    QTest::keyClick(view("prompts"), Qt::Key_Right);
    QVERIFY(view("prompts")->isExpanded(view("prompts")->currentIndex()));
}

void TestLibraryPanel::opensTemplatesAndCollections()
{
    QSignalSpy opened(m_panel, &LibraryPanel::openRequested);
    QSignalSpy made(m_panel, &LibraryPanel::newTimelineRequested);
    m_panel->showTab(LibraryPanel::Templates);
    m_panel->select(QStringLiteral("template:busy_day"));
    view("templates")->setFocus();
    QTest::keyClick(view("templates"), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(opened.size(), 1);
    QVERIFY(opened[0][0].toString().endsWith(QStringLiteral("busy_day.json")));
    m_panel->showTab(LibraryPanel::Prompts);
    m_panel->select(QStringLiteral("collection:network_trouble"));
    view("prompts")->setFocus();
    QTest::keyClick(view("prompts"), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(made.size(), 1);
    QCOMPARE(made[0][0].value<TimelineFragment>().name, QStringLiteral("Network trouble"));
}

void TestLibraryPanel::remembersFavourites()
{
    m_panel->select(QStringLiteral("scenario:pod_crash_loop"));
    view("scenarios")->setFocus();
    QTest::keyClick(view("scenarios"), Qt::Key_B, Qt::ControlModifier);
    QTest::mouseClick(m_panel->findChild<ChipButton *>(QStringLiteral("favouritesOnly")),
                      Qt::LeftButton);
    QCOMPARE(shown("scenarios"), 1);
    LibraryPanel again;
    again.setScenarios(ScenarioLibrary::standard());
    QVERIFY(again.select(QStringLiteral("scenario:pod_crash_loop")));
    QVERIFY(again.findChild<LibraryView *>(QStringLiteral("scenarios"))
                ->currentIndex()
                .data(LibraryModel::FavouriteRole)
                .toBool());
    QTest::keyClick(view("scenarios"), Qt::Key_B, Qt::ControlModifier);
    QCOMPARE(shown("scenarios"), 0);
}

void TestLibraryPanel::showsThePreview()
{
    auto *preview = m_panel->findChild<LibraryPreview *>();
    QVERIFY(!preview->isVisible());
    m_panel->select(QStringLiteral("scenario:latency_spike_database"));
    QTest::mouseClick(m_panel->findChild<QToolButton *>(QStringLiteral("previewToggle")),
                      Qt::LeftButton);
    QVERIFY(preview->isVisible());
    const auto charts = [&] {
        const auto all = preview->findChildren<MetricChart *>();
        return std::count_if(all.begin(), all.end(),
                             [](const MetricChart *chart) { return chart->isVisible(); });
    };
    QCOMPARE(charts(), 5);
    const auto text = [&] { return preview->widget()->findChild<QLabel *>()->text(); };
    for (const char *word : {"database_performance", "connection_pool_tuning", "+7.0σ"}) {
        QVERIFY2(text().contains(QString::fromUtf8(word)), word);
    }
    m_panel->showTab(LibraryPanel::Prompts);
    m_panel->select(QStringLiteral("prompt:network_trouble/DNS resolves slowly"));
    QCOMPARE(charts(), 0);
    QVERIFY(text().contains(QStringLiteral("dns_errors_total")));
    m_panel->showTab(LibraryPanel::Templates);
    m_panel->select(QStringLiteral("template:incident_storm"));
    QVERIFY(text().contains(QStringLiteral("Packet loss and slow DNS")));
}

void TestLibraryPanel::customisesAndDeletes()
{
    m_panel->select(QStringLiteral("scenario:pod_crash_loop"));
    auto *timer = new QTimer(m_panel);
    connect(timer, &QTimer::timeout, m_panel, [timer] {
        if (auto *editor = qobject_cast<ScenarioEditor *>(QApplication::activeModalWidget())) {
            timer->deleteLater();
            auto *name = editor->findChild<QLineEdit *>(QStringLiteral("name"));
            name->setText(QStringLiteral("My crash loop"));
            QTest::mouseClick(editor->findChild<QPushButton *>(QStringLiteral("save")),
                              Qt::LeftButton);
        }
    });
    timer->start(10);
    const auto actions = m_panel->findChildren<QAction *>();
    for (QAction *action : actions) {
        if (action->text().startsWith(QStringLiteral("&Customise"))) {
            action->trigger();
        }
    }
    const QString path = ownFolder() + u"/pod_crash_loop_custom.json";
    QVERIFY(QFile::exists(path));
    QCOMPARE(shown("scenarios"), 6);
    // It is selected, and it is the user's to delete.
    const QModelIndex index = view("scenarios")->currentIndex();
    QCOMPARE(index.data().toString(), QStringLiteral("My crash loop"));
    QCOMPARE(index.parent().data().toString(), QStringLiteral("Yours"));
    view("scenarios")->setFocus();
    answer(QStringLiteral("Cancel"));
    QTest::keyClick(view("scenarios"), Qt::Key_Delete);
    QVERIFY(m_asked.contains(QStringLiteral("My crash loop")));
    QVERIFY(QFile::exists(path));
    answer(QStringLiteral("Delete"));
    QTest::keyClick(view("scenarios"), Qt::Key_Delete);
    QVERIFY(!QFile::exists(path));
    QCOMPARE(shown("scenarios"), 5);
}

void TestLibraryPanel::importsUnderAFreeId()
{
    const QString shipped = QStringLiteral(PROJECT_SOURCE_DIR "/scenarios/pod_crash_loop.json");
    answer(QStringLiteral("Cancel"));
    m_panel->importFile(shipped);
    QVERIFY(m_asked.contains(QStringLiteral("pod_crash_loop")));
    QCOMPARE(shown("scenarios"), 5);
    answer(QStringLiteral("pod_crash_loop_custom"));
    m_panel->importFile(shipped);
    QCOMPARE(shown("scenarios"), 6);
    QVERIFY(m_panel->select(QStringLiteral("scenario:pod_crash_loop_custom")));
}

void TestLibraryPanel::refusesWhatIsNoScenario()
{
    m_panel->importFile(QStringLiteral(PROJECT_SOURCE_DIR "/timelines/busy_day.json"));
    auto *message = m_panel->findChild<MessageBar *>();
    QVERIFY(message->isVisible());
    QVERIFY(message->text().contains(QStringLiteral("busy_day.json")));
    QCOMPARE(shown("scenarios"), 5);
    // A broken file of the user's is named when the library is read.
    QVERIFY(QDir().mkpath(ownFolder()));
    QFile file(ownFolder() + u"/broken.json");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{");
    file.close();
    m_panel->setScenarios(ScenarioLibrary::standard());
    QVERIFY(message->isVisible() && message->text().contains(QStringLiteral("broken.json")));
}

void TestLibraryPanel::insertsACollectionAtAnInterval()
{
    auto *interval = m_panel->findChild<TimeEdit *>(QStringLiteral("interval"));
    QVERIFY(!interval->isVisible());
    m_panel->showTab(LibraryPanel::Prompts);
    QVERIFY(interval->isVisible());
    LibraryView *prompts = view("prompts");
    const QModelIndex first = prompts->model()->index(0, 0);
    prompts->setCurrentIndex(first);
    interval->setFocus();
    QTest::keyClicks(interval, QStringLiteral("0:30"));
    QTest::keyClick(interval, Qt::Key_Return);
    QVERIFY(prompts->currentIndex().isValid());
    const std::unique_ptr<QMimeData> mime(
        prompts->model()->mimeData({prompts->model()->index(0, 0)}));
    const auto fragment = parseFragment(mime->data(QLatin1String(FragmentMimeType)));
    QVERIFY(fragment->incidents.size() > 2);
    for (qsizetype i = 0; i < fragment->incidents.size(); ++i) {
        QVERIFY(fragment->incidents[i].delay == std::chrono::seconds(30 * i));
    }
}

void TestLibraryPanel::keepsTheSelectionAcrossAReload()
{
    m_panel->select(QStringLiteral("scenario:latency_spike_database"));
    m_panel->setScenarios(ScenarioLibrary::standard());
    QCOMPARE(view("scenarios")->currentIndex().data(LibraryModel::KeyRole).toString(),
             QStringLiteral("scenario:latency_spike_database"));
}

void TestLibraryPanel::dragsByTheMouse()
{
    // Only there a drag ends by itself, with nobody to move the pointer.
    if (QGuiApplication::platformName() != u"offscreen") {
        QSKIP("A real drag waits for a real pointer.");
    }
    LibraryView *list = view("scenarios");
    m_panel->select(QStringLiteral("scenario:pod_crash_loop"));
    const QPoint from = list->visualRect(list->currentIndex()).center();
    const auto pull = [&] {
        QTest::mousePress(list->viewport(), Qt::LeftButton, {}, from);
        for (int step = 1; step <= 3; ++step) {
            QTest::mouseMove(list->viewport(),
                             from + QPoint(0, step * QApplication::startDragDistance()));
        }
        QTest::mouseRelease(list->viewport(), Qt::LeftButton, {}, from);
    };
    pull();
    const auto *drag = list->findChild<QDrag *>();
    QVERIFY(drag && drag->mimeData());
    const auto fragment = parseFragment(drag->mimeData()->data(QLatin1String(FragmentMimeType)));
    QCOMPARE(fragment->incidents[0].scenarioId, QStringLiteral("pod_crash_loop"));
    QVERIFY(!drag->pixmap().isNull());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(!list->findChild<QDrag *>());
    m_panel->setInsertEnabled(false);
    pull();
    QVERIFY(!list->findChild<QDrag *>());
}

void TestLibraryPanel::paintsADragPicture()
{
    m_panel->select(QStringLiteral("scenario:pod_crash_loop"));
    const QPixmap pixmap = view("scenarios")->dragPixmap(view("scenarios")->currentIndex());
    QVERIFY(pixmap.width() > pixmap.height());
    const Theme &theme = Theme::of(m_panel->palette());
    bool hasBadge = false;
    const QImage image = pixmap.toImage();
    for (int x = 0; x < image.width() / 3; ++x) {
        hasBadge = hasBadge || image.pixelColor(x, image.height() / 2).rgb() ==
                                   theme.ink(Severity::Critical).fill.rgb();
    }
    QVERIFY(hasBadge);
}

void TestLibraryPanel::readsTheThemeAnew()
{
    m_panel->select(QStringLiteral("scenario:pod_crash_loop"));
    for (const auto appearance : {Appearance::Dark, Appearance::Light}) {
        applyAppearance(appearance);
        QApplication::processEvents();
        const QRect row = view("scenarios")->visualRect(view("scenarios")->currentIndex());
        const QImage image = view("scenarios")->viewport()->grab().toImage();
        const QPoint corner(row.right() - 3, row.top() + 3);
        QCOMPARE(image.pixelColor(corner * image.devicePixelRatio()).rgb(),
                 Theme::of(QApplication::palette()).selectedRow.rgb());
    }
}

QTEST_MAIN(TestLibraryPanel)
#include "tst_librarypanel.moc"
