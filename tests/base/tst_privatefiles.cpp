// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/privatefiles.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

/** What belongs to the program alone is readable by its user alone. */
class TestPrivateFiles : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_home;

    QString at(const QString &name) const { return m_home.filePath(name); }
    static mode_t modeOf(const QString &path)
    {
        struct stat about = {};
        return ::lstat(QFile::encodeName(path).constData(), &about) == 0 ? about.st_mode & 0777 : 0;
    }
    static void give(const QString &path, mode_t mode)
    {
        ::chmod(QFile::encodeName(path).constData(), mode);
    }
    static void write(const QString &path)
    {
        QFile file(path);
        [&] { QVERIFY(file.open(QIODevice::WriteOnly)); }();
        file.write("text");
    }

private Q_SLOTS:
    void makesFoldersForTheUserAlone();
    void saysWhyItCannot();
    void makesFilesForTheUserAlone();
    void withdrawsWhatWasGiven();
    void everySettingsFileIsOpenedInOnePlace();
};

void TestPrivateFiles::makesFoldersForTheUserAlone()
{
    QDir().mkpath(at(QStringLiteral("shared")));
    give(at(QStringLiteral("shared")), 0755);
    QCOMPARE(PrivateFiles::makeFolder(at(QStringLiteral("shared/a/b"))), QString());
    QCOMPARE(modeOf(at(QStringLiteral("shared"))), mode_t(0755)); // it is not ours to change
    QCOMPARE(modeOf(at(QStringLiteral("shared/a"))), mode_t(0700));
    QCOMPARE(modeOf(at(QStringLiteral("shared/a/b"))), mode_t(0700));
    QCOMPARE(PrivateFiles::makeFolder(at(QStringLiteral("shared/a/b/"))), QString());
}

void TestPrivateFiles::saysWhyItCannot()
{
    write(at(QStringLiteral("in the way")));
    QCOMPARE(PrivateFiles::makeFolder(at(QStringLiteral("in the way"))),
             QStringLiteral("Not a directory"));
    QCOMPARE(PrivateFiles::makeFolder(at(QStringLiteral("in the way/below"))),
             QStringLiteral("Not a directory"));
}

void TestPrivateFiles::makesFilesForTheUserAlone()
{
    const QString path = at(QStringLiteral("settings/window.ini"));
    PrivateFiles::makeFile(path);
    QCOMPARE(modeOf(path), mode_t(0600));
    write(path);
    PrivateFiles::makeFile(path);
    QCOMPARE(QFileInfo(path).size(), 4); // what is there stays
}

void TestPrivateFiles::withdrawsWhatWasGiven()
{
    const QString folder = at(QStringLiteral("state"));
    QDir().mkpath(folder + QStringLiteral("/generations"));
    const QString file = folder + QStringLiteral("/generations/a.jsonl");
    const QString readOnly = folder + QStringLiteral("/read-only");
    const QString elsewhere = at(QStringLiteral("elsewhere"));
    for (const QString &path : {file, readOnly, elsewhere}) {
        write(path);
    }
    QFile::link(elsewhere, folder + QStringLiteral("/link"));
    give(folder, 0755);
    give(folder + QStringLiteral("/generations"), 0775);
    give(file, 0644);
    give(readOnly, 0444);
    give(elsewhere, 0644);
    PrivateFiles::withdrawRights(folder);
    QCOMPARE(modeOf(folder), mode_t(0700));
    QCOMPARE(modeOf(folder + QStringLiteral("/generations")), mode_t(0700));
    QCOMPARE(modeOf(file), mode_t(0600));
    QCOMPARE(modeOf(readOnly), mode_t(0400));
    QCOMPARE(modeOf(elsewhere), mode_t(0644)); // only a link leads there
    PrivateFiles::withdrawRights(at(QStringLiteral("nowhere")));
    QVERIFY(!QFileInfo::exists(at(QStringLiteral("nowhere"))));
}

void TestPrivateFiles::everySettingsFileIsOpenedInOnePlace()
{
    // QSettings gives its files to all readers; SettingsFile::open() is where that is prevented.
    for (const char *room : {"app", "ui"}) {
        QDirIterator files(QStringLiteral(PROJECT_SOURCE_DIR "/") + QLatin1String(room),
                           {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray text = file.readAll();
            const bool mayOpen = file.fileName().endsWith(QStringLiteral("/settingsfile.cpp"));
            QVERIFY2(mayOpen || !text.contains("IniFormat"), qPrintable(file.fileName()));
        }
    }
}

QTEST_GUILESS_MAIN(TestPrivateFiles)
#include "tst_privatefiles.moc"
