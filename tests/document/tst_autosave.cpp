// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/autosave.h"
#include "ui/document/timelinedocument.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>

using namespace std::chrono_literals;

/** Edits in a process of its own, says when that is safe on disk, and waits to be killed. */
static int editAndWait()
{
    TimelineDocument document;
    Autosave autosave(document);
    Timeline after = document.timeline();
    after.name = QStringLiteral("Nearly lost");
    document.edit(QStringLiteral("Name it"), after);
    QObject::connect(&autosave, &Autosave::saved, [] {
        std::puts("saved");
        std::fflush(stdout);
    });
    return QCoreApplication::exec();
}

class TestAutosave : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void savesWithinFiveSeconds();
    void leavesNothingBehindASave();
    void leavesNothingWhenGivenUp();
    void keepsWhatItMustWithoutAsking();
    void aLivingProgramIsNoOrphan();
    void survivesKillMinusNine();
    void saysWhenItCannotSave();

private:
    static Timeline named(const TimelineDocument &document, const QString &name)
    {
        Timeline after = document.timeline();
        after.name = name;
        return after;
    }
    static int files()
    {
        return int(QDir(Autosave::folder()).entryList({QStringLiteral("*.json")}).size());
    }

    QTemporaryDir m_home;
};

void TestAutosave::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_home.path().toUtf8());
}

void TestAutosave::cleanup()
{
    QDir(Autosave::folder()).removeRecursively();
}

void TestAutosave::savesWithinFiveSeconds()
{
    TimelineDocument document;
    Autosave autosave(document);
    QSignalSpy saved(&autosave, &Autosave::saved);
    QElapsedTimer timer;
    timer.start();
    document.edit(QStringLiteral("Name it"), named(document, QStringLiteral("One")));
    // Going on with it does not put it off.
    while (saved.isEmpty() && timer.elapsed() < 5000) {
        QTest::qWait(100);
        document.edit(QStringLiteral("Name it"),
                      named(document, QStringLiteral("One %1").arg(timer.elapsed())));
    }
    QCOMPARE(saved.size(), 1);
    QVERIFY(timer.elapsed() < 5000);
    QCOMPARE(files(), 1);
    const QString file =
        QDir(Autosave::folder()).entryInfoList({QStringLiteral("*.json")})[0].absoluteFilePath();
    QVERIFY(!(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther)));
}

void TestAutosave::leavesNothingBehindASave()
{
    TimelineDocument document;
    Autosave autosave(document);
    QSignalSpy saved(&autosave, &Autosave::saved);
    document.edit(QStringLiteral("Name it"), named(document, QStringLiteral("One")));
    QVERIFY(saved.wait(5000));
    QVERIFY(document.save(m_home.filePath(QStringLiteral("one.json"))).has_value());
    QCOMPARE(files(), 0);
    document.undoStack()->undo(); // not as it was saved
    QVERIFY(saved.wait(5000));
    QCOMPARE(files(), 1);
}

void TestAutosave::leavesNothingWhenGivenUp()
{
    {
        TimelineDocument document;
        Autosave autosave(document);
        QSignalSpy saved(&autosave, &Autosave::saved);
        document.edit(QStringLiteral("Name it"), named(document, QStringLiteral("One")));
        QVERIFY(saved.wait(5000));
    }
    QCOMPARE(files(), 0);
    QCOMPARE(QDir(Autosave::folder()).entryList(QDir::Files).size(), 0);
}

void TestAutosave::keepsWhatItMustWithoutAsking()
{
    {
        TimelineDocument document;
        Autosave autosave(document);
        autosave.keep(); // nothing is unsaved
        QCOMPARE(files(), 0);
    }
    {
        TimelineDocument document;
        Autosave autosave(document);
        document.edit(QStringLiteral("Name it"), named(document, QStringLiteral("One")));
        autosave.keep();
        QCOMPARE(files(), 1); // not three seconds later
    }
    const QList<UnsavedTimeline> left = Autosave::orphans();
    QCOMPARE(left.size(), 1);
    QVERIFY(left.first().text.contains("One"));
}

void TestAutosave::aLivingProgramIsNoOrphan()
{
    TimelineDocument document;
    Autosave autosave(document);
    QSignalSpy saved(&autosave, &Autosave::saved);
    document.edit(QStringLiteral("Name it"), named(document, QStringLiteral("One")));
    QVERIFY(saved.wait(5000));
    QVERIFY(Autosave::orphans().isEmpty());
}

void TestAutosave::survivesKillMinusNine()
{
    QProcess other;
    other.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--edit-and-wait")});
    QVERIFY(other.waitForStarted());
    while (!other.canReadLine()) {
        QVERIFY(other.waitForReadyRead(10000));
    }
    QVERIFY(Autosave::orphans().isEmpty());
    other.kill();
    QVERIFY(other.waitForFinished());

    const auto left = Autosave::orphans();
    QCOMPARE(left.size(), 1);
    TimelineDocument document;
    Autosave autosave(document);
    QVERIFY(document.restore(left[0].text, left[0].path, left[0].diskVersion).has_value());
    autosave.adopt(left[0]);
    QCOMPARE(document.timeline().name, QStringLiteral("Nearly lost"));
    QVERIFY(document.isModified());
    QVERIFY(Autosave::orphans().isEmpty()); // it has an owner again …
    QCOMPARE(files(), 1);                   // … and is still there, should that one fall, too
    QVERIFY(document.save(m_home.filePath(QStringLiteral("found.json"))).has_value());
    QCOMPARE(files(), 0);
}

void TestAutosave::saysWhenItCannotSave()
{
    QFile inTheWay(Autosave::folder());
    QVERIFY(QDir().mkpath(QFileInfo(Autosave::folder()).path()));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    inTheWay.close();
    TimelineDocument document;
    Autosave autosave(document);
    QSignalSpy failed(&autosave, &Autosave::failed);
    document.edit(QStringLiteral("Name it"), named(document, QStringLiteral("One")));
    QVERIFY(failed.wait(5000));
    QVERIFY(failed[0][0].value<Error>().message.contains(QStringLiteral("could not be saved")));
    QVERIFY(inTheWay.remove());
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (application.arguments().contains(QStringLiteral("--edit-and-wait"))) {
        return editAndWait();
    }
    TestAutosave test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_autosave.moc"
