// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/wholefile.h"
#include "unprivileged.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

struct stat infoOf(const QString &path)
{
    struct stat info
    {};
    ::stat(QFile::encodeName(path).constData(), &info);
    return info;
}

void setMode(const QString &path, mode_t mode)
{
    QCOMPARE(::chmod(QFile::encodeName(path).constData(), mode), 0);
}

/** A way of writing in the sources that is not writeWholeFile(), and why it is right there. */
struct Exception
{
    const char *file;
    const char *code;
    const char *why;
};

constexpr Exception Exceptions[] = {
    {"app/base/wholefile.cpp", "", "the writer itself"},
    {"app/base/privatefiles.cpp", "QIODevice::NewOnly", "makes an empty file"},
    {"app/generation/generationhistory.cpp", "QIODevice::Append", "adds a line to a file of ours"},
    {"app/settings/knowntargets.cpp", "QIODevice::Append", "adds a line to a file of ours"},
};

} // namespace

/** Files are saved in one way: whatever happens, the old or the new content is whole. */
class TestWholeFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void replacesWhatIsThere();
    void keepsLinksAndModes();
    void savesWhereOnlyTheFileIsWritable();
    void savesWhereTheFileCannotBeReplaced();
    void writesNothingInPlaceWithoutACopy();
    void putsTheOldContentBack();
    void saysWhatIsInTheWay();
    void nothingWritesAnotherWay();

private:
    QString path(const char *name) const { return m_dir->filePath(QString::fromLatin1(name)); }
    QStringList rescued() const
    {
        return QDir(m_state->filePath(QStringLiteral("timeline-orchestrator/rescued")))
            .entryList(QDir::Files);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QTemporaryDir> m_state;
};

void TestWholeFile::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_state = std::make_unique<QTemporaryDir>();
    setMode(m_dir->path(), 0755);
    setMode(m_state->path(), 0777);
    qputenv("XDG_STATE_HOME", QFile::encodeName(m_state->path()));
}

void TestWholeFile::replacesWhatIsThere()
{
    for (const QByteArray &text : {QByteArray("one"), QByteArray(), QByteArray(300000, 'x')}) {
        QVERIFY(writeWholeFile(path("a"), text));
        QCOMPARE(contentOf(path("a")), text);
    }
    QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files).size(), 1);
    QVERIFY(rescued().isEmpty());
}

void TestWholeFile::keepsLinksAndModes()
{
    put(path("real"), "old");
    setMode(path("real"), 0640);
    QVERIFY(QFile::link(QStringLiteral("real"), path("link")));
    QVERIFY(writeWholeFile(path("link"), "new"));
    QVERIFY(QFileInfo(path("link")).isSymLink());
    QCOMPARE(contentOf(path("real")), QByteArray("new"));
    QCOMPARE(infoOf(path("real")).st_mode & 0777, 0640u);
    QVERIFY(writeWholeFile(path("own"), "mine", Readers::OwnerOnly));
    QCOMPARE(infoOf(path("own")).st_mode & 0777, 0600u);
}

void TestWholeFile::savesWhereOnlyTheFileIsWritable()
{
    put(path("a"), "old and longer");
    setMode(path("a"), 0666);
    setMode(m_dir->path(), 0555);
    const ino_t before = infoOf(path("a")).st_ino;
    for (const QByteArray &text : {QByteArray("new"), QByteArray(300000, 'x')}) {
        Result<void> saved;
        {
            const Unprivileged unprivileged;
            saved = writeWholeFile(path("a"), text);
        }
        QVERIFY2(saved, saved ? "" : qPrintable(saved.error().message));
        QCOMPARE(contentOf(path("a")), text);
    }
    QCOMPARE(infoOf(path("a")).st_ino, before);
    QCOMPARE(infoOf(path("a")).st_mode & 0777, 0666u);
    QVERIFY(rescued().isEmpty());
    setMode(m_dir->path(), 0755);
}

void TestWholeFile::savesWhereTheFileCannotBeReplaced()
{
    // Files can be made in such a folder, but nobody's may not take the place of root's. It is what
    // a file that is mounted by itself does, too, but needs no right to mount.
    put(path("a"), "old");
    setMode(path("a"), 0666);
    setMode(m_dir->path(), 01777);
    Result<void> saved;
    {
        const Unprivileged unprivileged;
        saved = writeWholeFile(path("a"), "new");
    }
    QVERIFY2(saved, saved ? "" : qPrintable(saved.error().message));
    QCOMPARE(contentOf(path("a")), QByteArray("new"));
    QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files).size(), 1);
    QVERIFY(rescued().isEmpty());
}

void TestWholeFile::writesNothingInPlaceWithoutACopy()
{
    put(path("a"), "old");
    setMode(path("a"), 0666);
    setMode(m_dir->path(), 0555);
    setMode(m_state->path(), 0555);
    Result<void> saved;
    {
        const Unprivileged unprivileged;
        saved = writeWholeFile(path("a"), "new");
    }
    setMode(m_dir->path(), 0755);
    QVERIFY(!saved);
    QVERIFY2(saved.error().message.contains(QStringLiteral("no room for a copy")) &&
                 saved.error().message.contains(QStringLiteral("unchanged")),
             qPrintable(saved.error().message));
    QCOMPARE(contentOf(path("a")), QByteArray("old"));
}

void TestWholeFile::putsTheOldContentBack()
{
    // Memory that must not grow takes the first pages of what is longer, and then fails.
    const QByteArray old(5000, 'o');
    const int memory = ::memfd_create("full", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    QVERIFY(memory >= 0);
    QCOMPARE(::write(memory, old.constData(), size_t(old.size())), ssize_t(old.size()));
    QCOMPARE(::fcntl(memory, F_ADD_SEALS, F_SEAL_GROW), 0);
    const QString there = QStringLiteral("/proc/self/fd/%1").arg(memory);
    Result<void> saved;
    {
        const Unprivileged unprivileged;
        saved = writeWholeFile(there, QByteArray(90000, 'n'));
    }
    QVERIFY(!saved);
    QVERIFY2(saved.error().message.contains(QStringLiteral("The old file is unchanged")),
             qPrintable(saved.error().message));
    QCOMPARE(contentOf(there), old);
    QVERIFY(rescued().isEmpty());
    ::close(memory);
}

void TestWholeFile::saysWhatIsInTheWay()
{
    QVERIFY(QDir(m_dir->path()).mkdir(QStringLiteral("folder")));
    put(path("readonly"), "old");
    setMode(path("readonly"), 0444);
    setMode(m_dir->path(), 0555);
    const std::pair<QString, QString> cases[] = {
        {path("folder"), QStringLiteral("it is a folder")},
        {path("none/a"), QStringLiteral("Save it in another folder")},
        {path("new"), QStringLiteral("Save it in another folder")},
        {path("readonly"), QStringLiteral("The old file is unchanged")},
    };
    for (const auto &[there, says] : cases) {
        const Unprivileged unprivileged;
        const Result<void> saved = writeWholeFile(there, "new");
        QVERIFY(!saved);
        QVERIFY2(saved.error().message.startsWith(u'“' + there + u'”') &&
                     saved.error().message.contains(says),
                 qPrintable(saved.error().message));
    }
    setMode(m_dir->path(), 0755);
    QCOMPARE(contentOf(path("readonly")), QByteArray("old"));
}

void TestWholeFile::nothingWritesAnotherWay()
{
    static const QRegularExpression writing(
        QStringLiteral(R"(QSaveFile|QTextStream|\bofstream\b|\bfopen\()"
                       R"(|(QIODevice|QIODeviceBase|QFile|QFileDevice)::(WriteOnly|Append)\b)"));
    QSet<int> used;
    for (const char *root : {"app", "ui"}) {
        QDirIterator files(QStringLiteral(PROJECT_SOURCE_DIR "/") + QLatin1String(root),
                           {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString source = files.next();
            int number = 0;
            for (const QByteArray &line : contentOf(source).split('\n')) {
                ++number;
                if (!writing.match(QString::fromUtf8(line)).hasMatch()) {
                    continue;
                }
                bool isException = false;
                for (int i = 0; i < int(std::size(Exceptions)); ++i) {
                    if (source.endsWith(QLatin1String(Exceptions[i].file)) &&
                        line.contains(Exceptions[i].code)) {
                        isException = true;
                        used.insert(i);
                    }
                }
                QVERIFY2(isException,
                         qPrintable(QStringLiteral("%1:%2 writes without writeWholeFile(): %3")
                                        .arg(source)
                                        .arg(number)
                                        .arg(QString::fromUtf8(line.trimmed()))));
            }
        }
    }
    for (int i = 0; i < int(std::size(Exceptions)); ++i) {
        QVERIFY2(used.contains(i), Exceptions[i].why);
    }
}

QTEST_GUILESS_MAIN(TestWholeFile)
#include "tst_wholefile.moc"
