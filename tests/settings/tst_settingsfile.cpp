// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/generation/generationhistory.h"
#include "app/settings/datapaths.h"
#include "app/settings/settingsfile.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

/** What the program remembers is its user's alone, whatever Qt and the umask would give. */
class TestSettingsFile : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_home;

    static mode_t modeOf(const QString &path)
    {
        struct stat about = {};
        return ::stat(QFile::encodeName(path).constData(), &about) == 0 ? about.st_mode & 0777 : 0;
    }

private Q_SLOTS:
    void initTestCase();
    void settingsAreTheUsersAlone();
    void generationsAreTheUsersAlone();
    void whatWasLeftOpenIsClosed();
};

void TestSettingsFile::initTestCase()
{
    ::umask(0022);
    qputenv("XDG_CONFIG_HOME", m_home.filePath(QStringLiteral("config")).toUtf8());
    qputenv("XDG_STATE_HOME", m_home.filePath(QStringLiteral("state")).toUtf8());
}

void TestSettingsFile::settingsAreTheUsersAlone()
{
    const QString path = DataPaths::config() + u"/some.ini";
    for (int round = 0; round < 2; ++round) {
        {
            QSettings settings = SettingsFile::open(QStringLiteral("some.ini"));
            settings.setValue(QStringLiteral("round"), round);
        }
        QCOMPARE(modeOf(path), mode_t(0600));
        QCOMPARE(modeOf(DataPaths::config()), mode_t(0700));
        QCOMPARE(
            SettingsFile::open(QStringLiteral("some.ini")).value(QStringLiteral("round")).toInt(),
            round);
    }
}

void TestSettingsFile::generationsAreTheUsersAlone()
{
    GenerationHistory history(m_home.filePath(QStringLiteral("friday.json")));
    GenerationHistory::Entry entry;
    entry.request.prompt = QStringLiteral("What nobody else has to know");
    entry.failure = QStringLiteral("No answer.");
    QVERIFY(history.append(entry));
    const QDir folder(QFileInfo(DataPaths::runs()).path() + u"/generations");
    const QFileInfoList files = folder.entryInfoList(QDir::Files);
    QCOMPARE(files.size(), 1);
    QCOMPARE(modeOf(files.first().filePath()), mode_t(0600));
    QCOMPARE(modeOf(folder.path()), mode_t(0700));
}

void TestSettingsFile::whatWasLeftOpenIsClosed()
{
    const QString settings = DataPaths::config() + u"/old.ini";
    const QString state = QFileInfo(DataPaths::runs()).path();
    const QStringList left{settings, state + u"/old.jsonl"};
    for (const QString &path : left) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(modeOf(path), mode_t(0644));
    }
    ::chmod(QFile::encodeName(state).constData(), 0755);
    SettingsFile::protectOwnFolders();
    QCOMPARE(modeOf(settings), mode_t(0600));
    QCOMPARE(modeOf(state + u"/old.jsonl"), mode_t(0600));
    QCOMPARE(modeOf(state), mode_t(0700));
}

QTEST_GUILESS_MAIN(TestSettingsFile)
#include "tst_settingsfile.moc"
