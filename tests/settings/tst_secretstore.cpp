// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings/datapaths.h"
#include "app/settings/secretstore.h"
#include "tests/settings/storedsecrets.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using Place = SecretStore::Place;

namespace {

constexpr auto Value = "s3cret-that-must-not-be-on-disk-41c7";
constexpr auto Other = "an0ther-that-must-not-be-on-disk-8e02";

SecretStore::Name testName()
{
    return {QByteArrayLiteral("TIMELINE_TEST_SECRET"), QStringLiteral("test-secret")};
}

/** As for a generator of the user's own: no variable of the environment stands for it. */
SecretStore::Name ownName()
{
    return {{}, QStringLiteral("generator-my own")};
}

/** The files under the folders of this process that hold the text, in plain or in UTF-16. */
QStringList filesWith(const QByteArray &text)
{
    const QString wide = QString::fromLatin1(text);
    const QByteArray utf16(reinterpret_cast<const char *>(wide.utf16()), wide.size() * 2);
    QStringList found;
    for (const char *variable : {"HOME", "XDG_RUNTIME_DIR"}) {
        if (qEnvironmentVariableIsEmpty(variable)) {
            continue;
        }
        QDirIterator files(qEnvironmentVariable(variable), QDir::Files | QDir::Hidden,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly)) {
                const QByteArray content = file.readAll();
                if (content.contains(text) || content.contains(utf16)) {
                    found << file.fileName();
                }
            }
        }
    }
    return found;
}

} // namespace

/**
 * Secrets in each of their places. Run twice: with a keychain (TIMELINE_TEST_KEYCHAIN is set) and
 * without any session of a desktop.
 */
class TestSecretStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void environmentGoesFirst();
    void sessionIsSharedByAllStores();
    void sessionKeepsItsOwnCopy();
    void keychainTakesReadsAndForgets();
    void keychainGoesBeforeTheSession();
    void writingNothingForgets();
    void withoutKeychainTheSessionHelps();
    void unavailableKeychainIsSaidOnce();
    void forgettingNamesTheEnvironment();
    void dropsTheAnswerToWhoIsGone();
    void nothingIsOnDisk();

private:
    bool m_hasKeychain = false;
    QTemporaryDir m_home;
};

void TestSecretStore::initTestCase()
{
    m_hasKeychain = !qEnvironmentVariableIsEmpty("TIMELINE_TEST_KEYCHAIN");
    if (!m_hasKeychain) {
        QVERIFY(m_home.isValid());
        qputenv("HOME", m_home.path().toUtf8());
        for (const char *variable :
             {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR",
              "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"}) {
            qunsetenv(variable);
        }
    }
}

void TestSecretStore::init()
{
    qunsetenv("TIMELINE_TEST_SECRET");
    for (const SecretStore::Name &name : {testName(), ownName()}) {
        const Result<void> forgotten = forget(name);
        QVERIFY2(forgotten, forgotten ? "" : qPrintable(forgotten.error().message));
        QVERIFY(secretOf(name).place == Place::Nowhere);
    }
}

void TestSecretStore::environmentGoesFirst()
{
    SecretStore().keepForSession(testName(), Other);
    if (m_hasKeychain) {
        QVERIFY(keep(testName(), Other));
    }
    qputenv("TIMELINE_TEST_SECRET", Value);
    const SecretStore::Secret secret = secretOf(testName());
    QCOMPARE(secret.value, QByteArray(Value));
    QVERIFY(secret.place == Place::Environment);
    const SecretStore::Standing standing = placeOf(testName());
    QVERIFY(standing.place == Place::Environment);
    QCOMPARE(standing.sentence, QStringLiteral("From TIMELINE_TEST_SECRET in the environment."));
    // Without a variable in the name the environment has no say.
    QVERIFY(secretOf(ownName()).place == Place::Nowhere);
}

void TestSecretStore::sessionIsSharedByAllStores()
{
    SecretStore().keepForSession(ownName(), Value);
    const SecretStore::Secret secret = secretOf(ownName());
    QCOMPARE(secret.value, QByteArray(Value));
    QVERIFY(secret.place == Place::Session);
    QCOMPARE(placeOf(ownName()).sentence, QStringLiteral("Kept in memory until the program ends."));
    QVERIFY(secretOf(testName()).place == Place::Nowhere);

    SecretStore().keepForSession(ownName(), Other);
    QCOMPARE(secretOf(ownName()).value, QByteArray(Other));
    QVERIFY(forget(ownName()));
    QVERIFY(secretOf(ownName()).place == Place::Nowhere);
}

void TestSecretStore::sessionKeepsItsOwnCopy()
{
    QByteArray typed(Value);
    SecretStore().keepForSession(ownName(), typed);
    char *bytes = typed.data();
    std::fill(bytes, bytes + typed.size(), '\0');
    {
        const SecretStore::Secret first = secretOf(ownName());
        QCOMPARE(first.value, QByteArray(Value));
    }
    // The first one wiped what it held, and nothing else; a copy outlives the secret it came from.
    const QByteArray copy = secretOf(ownName()).value;
    QCOMPARE(copy, QByteArray(Value));
}

void TestSecretStore::keychainTakesReadsAndForgets()
{
    if (!m_hasKeychain) {
        QSKIP("needs a keychain");
    }
    for (const QByteArray &value : {QByteArray(Value), QByteArray("gr\xc3\xbc\xc3\x9f \xff\x01")}) {
        SecretStore().keepForSession(ownName(), Other);
        const Result<void> written = keep(ownName(), value);
        QVERIFY2(written, written ? "" : qPrintable(written.error().message));
        const SecretStore::Secret secret = secretOf(ownName());
        QCOMPARE(secret.value, value);
        QVERIFY(secret.place == Place::Keychain);
        QCOMPARE(secret.problem, QString());
        QCOMPARE(placeOf(ownName()).sentence, QStringLiteral("From the desktop's keychain."));
    }
    // The copy of the session went when the keychain took the value.
    QVERIFY(forget(ownName()));
    const SecretStore::Standing standing = placeOf(ownName());
    QVERIFY(standing.place == Place::Nowhere);
    QCOMPARE(standing.sentence, QStringLiteral("No key is kept."));
    QVERIFY(forget(ownName())); // what is not there is forgotten already
}

void TestSecretStore::keychainGoesBeforeTheSession()
{
    if (!m_hasKeychain) {
        QSKIP("needs a keychain");
    }
    QVERIFY(keep(testName(), Value));
    SecretStore().keepForSession(testName(), Other);
    QCOMPARE(secretOf(testName()).value, QByteArray(Value));
}

void TestSecretStore::writingNothingForgets()
{
    SecretStore().keepForSession(ownName(), Value);
    if (m_hasKeychain) {
        QVERIFY(keep(ownName(), Value));
    }
    QVERIFY(keep(ownName(), {}));
    QVERIFY(secretOf(ownName()).place == Place::Nowhere);
}

void TestSecretStore::withoutKeychainTheSessionHelps()
{
    if (m_hasKeychain) {
        QSKIP("there is a keychain");
    }
    const Result<void> written = keep(ownName(), Value);
    QVERIFY(!written);
    QCOMPARE(written.error().message,
             QStringLiteral("The keychain is not available. The key is kept until the program "
                            "ends."));
    const SecretStore::Secret secret = secretOf(ownName());
    QCOMPARE(secret.value, QByteArray(Value));
    QVERIFY(secret.place == Place::Session);
    QCOMPARE(secret.problem, QString()); // no session of a desktop: nobody expects a keychain
    QVERIFY(forget(ownName()));
    QVERIFY(secretOf(ownName()).place == Place::Nowhere);
}

void TestSecretStore::unavailableKeychainIsSaidOnce()
{
    if (m_hasKeychain) {
        QSKIP("there is a keychain");
    }
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    QCOMPARE(placeOf(ownName()).sentence,
             QStringLiteral("The keychain is not available. No key is kept."));
    QCOMPARE(secretOf(ownName()).problem, QString());
    QVERIFY(!keep(ownName(), Value)); // what a user asks for is always answered
    QVERIFY(secretOf(ownName()).place == Place::Session);
    const Result<void> forgotten = forget(ownName());
    QVERIFY(!forgotten);
    QCOMPARE(forgotten.error().message,
             QStringLiteral("The keychain is not available, so a key in it stays there."));
    QVERIFY(secretOf(ownName()).place == Place::Nowhere);
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
}

void TestSecretStore::forgettingNamesTheEnvironment()
{
    SecretStore().keepForSession(testName(), Other);
    qputenv("TIMELINE_TEST_SECRET", Value);
    const Result<void> forgotten = forget(testName());
    QVERIFY(!forgotten);
    QCOMPARE(forgotten.error().message,
             QStringLiteral("The key is still in the environment as TIMELINE_TEST_SECRET, which "
                            "the program cannot change."));
    qunsetenv("TIMELINE_TEST_SECRET");
    QVERIFY(secretOf(testName()).place == Place::Nowhere);
}

void TestSecretStore::dropsTheAnswerToWhoIsGone()
{
    SecretStore().keepForSession(ownName(), Value);
    auto guard = std::make_unique<QObject>();
    bool isAnswered = false;
    SecretStore().read(ownName(),
                       {guard.get(), [&](const SecretStore::Secret &) { isAnswered = true; }});
    guard.reset();
    QCOMPARE(secretOf(ownName()).value, QByteArray(Value)); // which was asked for later
    QVERIFY(!isAnswered);
}

void TestSecretStore::nothingIsOnDisk()
{
    const QString home = qEnvironmentVariable("HOME");
    QVERIFY(DataPaths::config().startsWith(home));
    // First that the search would find it.
    const QString bait = home + u"/.bait";
    QFile file(bait);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("key=") + Value);
    file.close();
    QCOMPARE(filesWith(Value), QStringList{bait});
    QVERIFY(file.remove());

    SecretStore().keepForSession(testName(), Other);
    const Result<void> written = keep(ownName(), Value);
    QVERIFY(written.has_value() == m_hasKeychain);
    QCOMPARE(secretOf(ownName()).value, QByteArray(Value));
    {
        QSettings settings(DataPaths::config() + u"/window.ini", QSettings::IniFormat);
        settings.setValue(QStringLiteral("key/place"), placeOf(ownName()).sentence);
        settings.sync();
        QVERIFY(settings.status() == QSettings::NoError);
    }
    QCOMPARE(filesWith(Value), QStringList());
    QCOMPARE(filesWith(Other), QStringList());
    if (m_hasKeychain) {
        // The keychain's own file is among those that were searched.
        QVERIFY(!QDir(home + u"/.local/share/keyrings").isEmpty());
    }
    QVERIFY(forget(ownName()));
    QVERIFY(forget(testName()));
    QCOMPARE(filesWith(Value), QStringList());
    QCOMPARE(filesWith(Other), QStringList());
}

QTEST_GUILESS_MAIN(TestSecretStore)
#include "tst_secretstore.moc"
