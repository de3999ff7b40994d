// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings/datapaths.h"
#include "tests/base/unprivileged.h"
#include "tests/ui/activation.h"
#include "tests/ui/answers.h"
#include "ui/document/autosave.h"
#include "ui/document/filecommands.h"
#include "ui/document/timelinedocument.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/messagebar.h"
#include "ui/window/mainwindow.h"

#include <QDir>
#include <QDropEvent>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QTemporaryDir>
#include <csignal>
#include <cstdio>

#include <sys/resource.h>
#include <sys/stat.h>

namespace {

void rename(MainWindow &window, const QString &name)
{
    Timeline after = window.timeline();
    after.name = name;
    window.document()->edit(QStringLiteral("Name it"), after);
}

/** Edits in a window of a process of its own, says when, and waits to be killed. */
int editAndWait(const QString &path)
{
    MainWindow window;
    window.openFile(path);
    window.show();
    rename(window, QStringLiteral("Nearly lost"));
    std::puts("edited");
    std::fflush(stdout);
    return QApplication::exec();
}

/** No file grows beyond that while it lives, as on a disk that is full. */
class FullDisk
{
public:
    explicit FullDisk(rlim_t bytes)
        : m_handler(std::signal(SIGXFSZ, SIG_IGN))
    {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit limit = m_before;
        limit.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    Q_DISABLE_COPY_MOVE(FullDisk)

private:
    void (*m_handler)(int);
    rlimit m_before{};
};

} // namespace

/** The File menu in a real window, with all that can go wrong there. */
class TestFileCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void asksBeforeEditsAreLost();
    void asksBeforeItCloses();
    void leavesAsItCameWhatIsShipped();
    void offersWhatWasOpenedLast();
    void noticesAnotherProgram();
    void asksBeforeItOverwrites();
    void revertsToTheFile();
    void aFullDiskLosesNothing();
    void aFolderThatTakesNothing();
    void savesWhereOnlyTheFileIsWritable();
    void restoresWhatACrashLeft();
    void keepsWhatIsUnsavedWhenToldToEnd_data();
    void keepsWhatIsUnsavedWhenToldToEnd();
    void opensFileUrls();
    void opensNoStandardInput();
    void refusesWhatIsDropped_data();
    void refusesWhatIsDropped();

private:
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::ControlModifier)
    {
        // Where a dialog was, nobody gives the window the keys back.
        QVERIFY(activate(m_window.get()));
        m_window->timelineView()->setFocus();
        QTest::keyClick(m_window->timelineView(), key, modifiers);
    }
    QString path(const QString &name) const { return m_home.filePath(name); }
    QByteArray bytes(const QString &file) const
    {
        QFile in(file);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    /** Edits the file in another process, which dies; returns what that leaves. */
    static QString crash(const QString &file);
    QString write(const QString &name, const QByteArray &timelineName) const
    {
        QFile out(path(name));
        if (out.open(QIODevice::WriteOnly)) {
            out.write("{\"name\": \"" + timelineName +
                      "\", \"description\": \"\", \"duration_minutes\": 5, \"incidents\": [\n"
                      "  {\"delay_seconds\": 5, \"type\": \"llm_generated\", \"llm_prompt\": "
                      "\"A disk of the payment service fills with logs\"}\n]}\n");
        }
        return out.fileName();
    }
    QString name() const { return m_window->timeline().name; }
    MessageBar *bar() const { return m_window->messageBar(); }
    void drop(QMimeData &mime);

    QTemporaryDir m_home;
    std::unique_ptr<MainWindow> m_window;
};

void TestFileCommands::initTestCase()
{
    QVERIFY(m_home.isValid());
    qputenv("XDG_CONFIG_HOME", path(QStringLiteral("config")).toUtf8());
    qputenv("XDG_DATA_HOME", path(QStringLiteral("data")).toUtf8());
    qputenv("XDG_STATE_HOME", path(QStringLiteral("state")).toUtf8());
    qunsetenv("TIMELINE_API_URL");
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
}

void TestFileCommands::init()
{
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QVERIFY(activate(m_window.get()));
}

void TestFileCommands::cleanup()
{
    m_window.reset();
    QDir(Autosave::folder()).removeRecursively();
}

void TestFileCommands::asksBeforeEditsAreLost()
{
    rename(*m_window, QStringLiteral("Mine"));
    QVERIFY(m_window->isWindowModified());
    whenAsked<QMessageBox>([](QMessageBox *box) { QTest::keyClick(box, Qt::Key_Escape); });
    key(Qt::Key_N);
    QCOMPARE(name(), QStringLiteral("Mine"));

    const QString saved = path(QStringLiteral("mine.json"));
    whenAsked<QMessageBox>([saved](QMessageBox *box) {
        whenAskedForAFile(saved);
        QTest::keyClick(box, Qt::Key_Return); // to save is what it proposes
    });
    key(Qt::Key_N);
    QCOMPARE(name(), QString());
    QVERIFY(m_window->document()->path().isEmpty());
    QVERIFY(bytes(saved).contains("\"Mine\""));

    rename(*m_window, QStringLiteral("Not worth it"));
    whenAsked<QMessageBox>(
        [](QMessageBox *box) { pressByKeys(box, box->button(QMessageBox::Discard)); });
    key(Qt::Key_N);
    QCOMPARE(name(), QString());
    QVERIFY(!m_window->isWindowModified());
}

void TestFileCommands::asksBeforeItCloses()
{
    rename(*m_window, QStringLiteral("Mine"));
    whenAsked<QMessageBox>([](QMessageBox *box) { QTest::keyClick(box, Qt::Key_Escape); });
    key(Qt::Key_W);
    QVERIFY(m_window->isVisible());
    // To save it and to give up where to is no answer, either.
    whenAsked<QMessageBox>([](QMessageBox *box) {
        whenAsked<QFileDialog>(
            [](QFileDialog *dialog) { QTest::keyClick(dialog, Qt::Key_Escape); });
        QTest::keyClick(box, Qt::Key_Return);
    });
    key(Qt::Key_W);
    QVERIFY(m_window->isVisible());
    QCOMPARE(name(), QStringLiteral("Mine"));
    whenAsked<QMessageBox>(
        [](QMessageBox *box) { pressByKeys(box, box->button(QMessageBox::Discard)); });
    key(Qt::Key_W);
    QVERIFY(!m_window->isVisible());
}

void TestFileCommands::leavesAsItCameWhatIsShipped()
{
    QVERIFY(m_window->openShipped(QStringLiteral("busy_day")));
    const QString shipped = m_window->document()->path();
    const QByteArray before = bytes(shipped);
    QVERIFY(!before.isEmpty());
    rename(*m_window, QStringLiteral("My busy day"));
    whenAskedForAFile(path(QStringLiteral("my_day")));
    key(Qt::Key_S);
    QCOMPARE(m_window->document()->path(), path(QStringLiteral("my_day.json")));
    QVERIFY(!m_window->isWindowModified());
    QCOMPARE(bytes(shipped), before);
    QCOMPARE(bytes(path(QStringLiteral("my_day.json"))),
             QByteArray(before).replace("\"Busy Day\"", "\"My busy day\""));
    // From now on it is the user's own, and nothing is asked.
    rename(*m_window, QStringLiteral("My day"));
    key(Qt::Key_S);
    QVERIFY(!m_window->isWindowModified());
    QVERIFY(bytes(path(QStringLiteral("my_day.json"))).contains("\"My day\""));
}

void TestFileCommands::offersWhatWasOpenedLast()
{
    const QString one = write(QStringLiteral("one.json"), "One");
    const QString two = write(QStringLiteral("two & a half.json"), "Two");
    QVERIFY(m_window->openFile(one));
    QVERIFY(m_window->openFile(two));
    QMenu *recent = nullptr;
    for (QMenu *menu : m_window->menuBar()->findChildren<QMenu *>()) {
        if (menu->title().remove(u'&') == QStringLiteral("Open recent")) {
            recent = menu;
        }
    }
    QVERIFY(recent);
    Q_EMIT recent->aboutToShow();
    QCOMPARE(recent->actions().value(0)->text().replace(QLatin1String("&&"), QLatin1String("&")),
             two);
    QCOMPARE(recent->actions().value(1)->text(), one);
    recent->actions()[1]->trigger();
    QCOMPARE(name(), QStringLiteral("One"));
    QVERIFY(QFile::remove(two));
    Q_EMIT recent->aboutToShow();
    QCOMPARE(recent->actions().value(0)->text(), one);
    for (const QAction *entry : recent->actions()) {
        QVERIFY(!entry->text().contains(QStringLiteral("half")));
    }
}

void TestFileCommands::noticesAnotherProgram()
{
    const QString file = write(QStringLiteral("shared.json"), "Mine");
    QVERIFY(m_window->openFile(file));
    write(QStringLiteral("shared.json"), "Another's, longer");
    QTRY_VERIFY(bar()->isVisible());
    QVERIFY(bar()->text().contains(QStringLiteral("changed by another program")));
    QCOMPARE(name(), QStringLiteral("Mine"));
    auto *again = bar()->findChild<QPushButton *>();
    QVERIFY(again->isVisible());
    QCOMPARE(again->text().remove(u'&'), QStringLiteral("Read it again"));
    again->setFocus();
    QTest::keyClick(again, Qt::Key_Space);
    QCOMPARE(name(), QStringLiteral("Another's, longer"));
    QVERIFY(!bar()->isVisible());
    // A file that is replaced, as most editors do it, is noticed as well, and one that goes.
    const QString other = write(QStringLiteral("other.json"), "Replaced");
    QVERIFY(std::rename(QFile::encodeName(other).constData(),
                        QFile::encodeName(file).constData()) == 0);
    QTRY_VERIFY(bar()->isVisible());
    again->setFocus();
    QTest::keyClick(again, Qt::Key_Space);
    QCOMPARE(name(), QStringLiteral("Replaced"));
    QVERIFY(QFile::remove(file));
    QTRY_VERIFY(bar()->text().contains(QStringLiteral("no longer there")));
    QVERIFY(!again->isVisible());
    key(Qt::Key_S);
    QVERIFY(bytes(file).contains("\"Replaced\""));
}

void TestFileCommands::asksBeforeItOverwrites()
{
    const QString file = write(QStringLiteral("contested.json"), "First");
    QVERIFY(m_window->openFile(file));
    rename(*m_window, QStringLiteral("Ours"));
    write(QStringLiteral("contested.json"), "Theirs");
    whenAsked<QMessageBox>([](QMessageBox *box) { QTest::keyClick(box, Qt::Key_Escape); });
    key(Qt::Key_S);
    QVERIFY(bytes(file).contains("\"Theirs\""));
    QVERIFY(m_window->isWindowModified());

    const QString other = path(QStringLiteral("ours.json"));
    whenAsked<QMessageBox>([other](QMessageBox *box) {
        whenAskedForAFile(other);
        QTest::keyClick(box, Qt::Key_Return); // what it proposes destroys nothing
    });
    key(Qt::Key_S);
    QVERIFY(bytes(file).contains("\"Theirs\""));
    QVERIFY(bytes(other).contains("\"Ours\""));

    rename(*m_window, QStringLiteral("Ours again"));
    write(QStringLiteral("ours.json"), "Theirs again");
    whenAsked<QMessageBox>([](QMessageBox *box) {
        for (QAbstractButton *button : box->buttons()) {
            if (button->text().contains(QStringLiteral("Overwrite"))) {
                pressByKeys(box, button);
            }
        }
    });
    key(Qt::Key_S);
    QVERIFY(bytes(other).contains("\"Ours again\""));
    QVERIFY(!m_window->isWindowModified());
}

void TestFileCommands::revertsToTheFile()
{
    const QString file = write(QStringLiteral("reverted.json"), "As it was");
    QVERIFY(m_window->openFile(file));
    const QByteArray before = m_window->document()->text();
    rename(*m_window, QStringLiteral("A mistake"));
    whenAsked<QMessageBox>([](QMessageBox *box) { QTest::keyClick(box, Qt::Key_Escape); });
    key(Qt::Key_R);
    QCOMPARE(name(), QStringLiteral("A mistake"));
    whenAsked<QMessageBox>([](QMessageBox *box) {
        for (QAbstractButton *button : box->buttons()) {
            if (button->text().contains(QStringLiteral("Revert"))) {
                pressByKeys(box, button);
            }
        }
    });
    key(Qt::Key_R);
    QCOMPARE(name(), QStringLiteral("As it was"));
    QCOMPARE(m_window->document()->text(), before);
    QVERIFY(!m_window->isWindowModified());
}

void TestFileCommands::aFullDiskLosesNothing()
{
    const QString file = write(QStringLiteral("precious.json"), "Precious");
    const QByteArray before = bytes(file);
    QVERIFY(m_window->openFile(file));
    rename(*m_window, QString(5000, u'x'));
    {
        const FullDisk full(2000);
        key(Qt::Key_S);
    }
    QVERIFY(bar()->isVisible());
    QCOMPARE(bar()->kind(), MessageBar::Kind::Error);
    QVERIFY2(bar()->text().startsWith(QStringLiteral("Not saved.")), qPrintable(bar()->text()));
    QVERIFY2(bar()->text().contains(QStringLiteral("precious.json")), qPrintable(bar()->text()));
    QCOMPARE(bytes(file), before);
    QVERIFY(m_window->isWindowModified());
    QCOMPARE(QDir(m_home.path()).entryList({QStringLiteral("precious*")}).size(), 1);
    // And as soon as there is room it is saved.
    key(Qt::Key_S);
    QVERIFY(!bar()->isVisible());
    QVERIFY(bytes(file).contains("xxxxx"));
}

void TestFileCommands::aFolderThatTakesNothing()
{
    rename(*m_window, QStringLiteral("Mine"));
    // Nobody may create a file there, whoever runs this.
    for (const QString &file :
         {QStringLiteral("/proc/self/x.json"), QStringLiteral("/dev/full/x.json")}) {
        bar()->hide();
        whenAskedForAFile(file);
        key(Qt::Key_S);
        QTRY_VERIFY(bar()->isVisible() || QApplication::activeModalWidget());
        QVERIFY2(bar()->text().startsWith(QStringLiteral("Not saved.")), qPrintable(bar()->text()));
        QVERIFY(m_window->isWindowModified());
        QVERIFY(m_window->document()->path().isEmpty());
    }
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("x.json"));
    QVERIFY(QFile::copy(write(QStringLiteral("x.json"), "There"), file));
    QVERIFY(m_window->document()->load(file).has_value());
    const QByteArray before = bytes(file);
    rename(*m_window, QStringLiteral("Here"));
    QVERIFY(::chmod(QFile::encodeName(file).constData(), 0444) == 0);
    QVERIFY(::chmod(QFile::encodeName(folder.path()).constData(), 0555) == 0);
    {
        const Unprivileged unprivileged;
        key(Qt::Key_S);
    }
    QVERIFY(bar()->isVisible());
    QVERIFY(bar()->text().startsWith(QStringLiteral("Not saved.")));
    QCOMPARE(bytes(file), before);
    // There is a way on: another place.
    const QString elsewhere = path(QStringLiteral("elsewhere.json"));
    whenAskedForAFile(elsewhere);
    auto *saveAs = bar()->findChild<QPushButton *>();
    QVERIFY(saveAs && saveAs->isVisible() && saveAs->text() == QStringLiteral("Save &as…"));
    saveAs->click();
    QTRY_VERIFY(bytes(elsewhere).contains("Here"));
    QVERIFY(!bar()->isVisible() && !m_window->isWindowModified());
    ::chmod(QFile::encodeName(folder.path()).constData(), 0755);
}

QString TestFileCommands::crash(const QString &file)
{
    QProcess other;
    other.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--edit-and-wait"), file});
    const auto files = [] {
        return QDir(Autosave::folder()).entryInfoList({QStringLiteral("*.json")});
    };
    [&] {
        QVERIFY(other.waitForStarted());
        while (!other.canReadLine()) {
            QVERIFY(other.waitForReadyRead(20000));
        }
        // At most so much may be lost.
        QVERIFY(QTest::qWaitFor([&] { return files().size() == 1; }, 5000));
        other.kill();
        QVERIFY(other.waitForFinished());
        QCOMPARE(Autosave::orphans().size(), 1);
    }();
    return files().value(0).filePath();
}

void TestFileCommands::savesWhereOnlyTheFileIsWritable()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("x.json"));
    QVERIFY(QFile::copy(write(QStringLiteral("x.json"), "There"), file));
    QVERIFY(m_window->document()->load(file).has_value());
    rename(*m_window, QStringLiteral("Here"));
    QVERIFY(::chmod(QFile::encodeName(file).constData(), 0666) == 0);
    QVERIFY(::chmod(QFile::encodeName(folder.path()).constData(), 0555) == 0);
    const QTemporaryDir state;
    QVERIFY(::chmod(QFile::encodeName(state.path()).constData(), 0777) == 0);
    const QByteArray stateBefore = qgetenv("XDG_STATE_HOME");
    qputenv("XDG_STATE_HOME", QFile::encodeName(state.path()));
    {
        const Unprivileged unprivileged;
        key(Qt::Key_S);
    }
    qputenv("XDG_STATE_HOME", stateBefore);
    ::chmod(QFile::encodeName(folder.path()).constData(), 0755);
    QVERIFY2(!bar()->isVisible(), qPrintable(bar()->text()));
    QVERIFY(bytes(file).contains("Here"));
    QVERIFY(!m_window->isWindowModified() && !m_window->document()->isChangedOnDisk());
}

void TestFileCommands::restoresWhatACrashLeft()
{
    const QString file = write(QStringLiteral("crash.json"), "Before the crash");
    const QString unsaved = crash(file);
    const QDateTime before = QFileInfo(unsaved).lastModified();

    // The program takes it over at its next start, and loses it no more should it fall, too.
    QProcess program;
    program.start(QStringLiteral(PROGRAM_DIR "/timeline-orchestrator"), QStringList());
    QVERIFY(program.waitForStarted());
    // It is its own once it has written it anew; to ask for its lock before would be in its way.
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(unsaved).lastModified() != before, 20000);
    QVERIFY(Autosave::orphans().isEmpty());
    QCOMPARE(program.state(), QProcess::Running);
    program.kill();
    QVERIFY(program.waitForFinished());
    const QList<UnsavedTimeline> left = Autosave::orphans();
    QCOMPARE(left.size(), 1);

    m_window->takeOver(left.first());
    QCOMPARE(name(), QStringLiteral("Nearly lost"));
    QVERIFY(m_window->isWindowModified());
    QVERIFY(m_window->windowTitle().contains(QStringLiteral("Nearly lost[*]")));
    QVERIFY(bar()->isVisible());
    QVERIFY(bar()->text().startsWith(QStringLiteral("Restored “Nearly lost”.")));
    QVERIFY(bytes(file).contains("Before the crash"));
    key(Qt::Key_S);
    QVERIFY(bytes(file).contains("Nearly lost"));
    QVERIFY(Autosave::orphans().isEmpty());
}

void TestFileCommands::keepsWhatIsUnsavedWhenToldToEnd_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("terminate") << SIGTERM;
    QTest::newRow("hang up") << SIGHUP;
    QTest::newRow("interrupt") << SIGINT;
}

void TestFileCommands::keepsWhatIsUnsavedWhenToldToEnd()
{
    QFETCH(int, number);
    const QString unsaved = crash(write(QStringLiteral("told.json"), "Before the end"));
    const QDateTime before = QFileInfo(unsaved).lastModified();
    QProcess program;
    program.start(QStringLiteral(PROGRAM_DIR "/timeline-orchestrator"), QStringList());
    QVERIFY(program.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(unsaved).lastModified() != before, 20000);
    ::kill(static_cast<pid_t>(program.processId()), number);
    QVERIFY(program.waitForFinished(20000));
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 130);
    const QList<UnsavedTimeline> left = Autosave::orphans();
    QCOMPARE(left.size(), 1);
    QVERIFY(left.first().text.contains("Nearly lost"));
    QFile::remove(unsaved);
}

void TestFileCommands::refusesWhatIsDropped_data()
{
    QTest::addColumn<QString>("mimeType");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("word");
    const auto url = [this](const QString &name) {
        return QUrl::fromLocalFile(path(name)).toEncoded();
    };
    const QString uris = QStringLiteral("text/uri-list");
    QTest::newRow("another mime type")
        << QStringLiteral("application/x-garbage") << QByteArray("\x00\xff\x01", 3)
        << QStringLiteral("Only timeline files");
    QTest::newRow("nothing") << QStringLiteral("text/plain") << QByteArray()
                             << QStringLiteral("Only timeline files");
    QTest::newRow("an address") << uris << QByteArray("http://example.org/a.json")
                                << QStringLiteral("is an address");
    QTest::newRow("a folder") << uris << url(QStringLiteral("folder"))
                              << QStringLiteral("is a folder");
    QTest::newRow("1 GB") << uris << url(QStringLiteral("large.json"))
                          << QStringLiteral("at most 512 MB");
    QTest::newRow("a pipe") << uris << url(QStringLiteral("pipe.json")) << QString();
    QTest::newRow("a device") << uris << QByteArray("file:///dev/zero") << QString();
    QTest::newRow("bytes") << uris << url(QStringLiteral("bytes.json")) << QString();
    QTest::newRow("gone") << uris << url(QStringLiteral("gone.json")) << QString();
}

void TestFileCommands::refusesWhatIsDropped()
{
    QFETCH(QString, mimeType);
    QFETCH(QByteArray, data);
    QFETCH(QString, word);
    QDir(m_home.path()).mkdir(QStringLiteral("folder"));
    QFile large(path(QStringLiteral("large.json")));
    QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(1LL << 30));
    QFile garbage(path(QStringLiteral("bytes.json")));
    QVERIFY(garbage.open(QIODevice::WriteOnly));
    garbage.write(QByteArray("\x7f"
                             "ELF\x00\xff\xfe{[",
                             9));
    garbage.close();
    ::mkfifo(QFile::encodeName(path(QStringLiteral("pipe.json"))).constData(), 0600);

    QVERIFY(m_window->openFile(write(QStringLiteral("kept.json"), "Kept")));
    rename(*m_window, QStringLiteral("Kept as edited"));
    const QByteArray before = m_window->document()->text();
    const int steps = m_window->document()->undoStack()->count();
    QMimeData mime;
    mime.setData(mimeType, data);
    // What is refused anyway need not ask what shall become of the edits.
    whenAsked<QMessageBox>(
        [](QMessageBox *box) { pressByKeys(box, box->button(QMessageBox::Discard)); });
    QElapsedTimer timer;
    timer.start();
    drop(mime);
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(bar()->isVisible());
    QCOMPARE(bar()->kind(), MessageBar::Kind::Error);
    QVERIFY2(bar()->text().contains(word), qPrintable(bar()->text()));
    QCOMPARE(m_window->document()->text(), before);
    QCOMPARE(m_window->document()->undoStack()->count(), steps);
    for (QTimer *waiting : qApp->findChildren<QTimer *>(QString(), Qt::FindDirectChildrenOnly)) {
        delete waiting;
    }
}

void TestFileCommands::opensFileUrls()
{
    const QString file = write(QStringLiteral("a b%20c.json"), "By its URL");
    QVERIFY(m_window->openFile(QString::fromLatin1(QUrl::fromLocalFile(file).toEncoded())));
    QCOMPARE(name(), QStringLiteral("By its URL"));
    QCOMPARE(m_window->document()->path(), file);
    QVERIFY(!m_window->openFile(QStringLiteral("file://elsewhere/a.json")));
    QVERIFY(bar()->text().contains(u"elsewhere"));
    QCOMPARE(name(), QStringLiteral("By its URL"));
}

void TestFileCommands::opensNoStandardInput()
{
    QVERIFY(!m_window->openFile(QStringLiteral("-")));
    QVERIFY(bar()->isVisible());
    QCOMPARE(bar()->kind(), MessageBar::Kind::Error);
    QVERIFY2(bar()->text().contains(u"standard input"), qPrintable(bar()->text()));
}

void TestFileCommands::drop(QMimeData &mime)
{
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &enter);
    QDropEvent event(QPointF(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &event);
}

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    if (const QStringList words = QApplication::arguments();
        words.value(1) == QStringLiteral("--edit-and-wait")) {
        return editAndWait(words.value(2));
    }
    TestFileCommands test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_filecommands.moc"
