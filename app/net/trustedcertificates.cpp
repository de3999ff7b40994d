// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/trustedcertificates.h"

#include "app/base/regularfile.h"

#include <QCoreApplication>
#include <QMutex>
#include <QSslCertificate>
#include <optional>

namespace {

constexpr qint64 LargestBundle = 8LL * 1024 * 1024;

struct CertificateWords
{
    Q_DECLARE_TR_FUNCTIONS(TrustedCertificates)
};

struct TrustedFiles
{
    QMutex mutex;
    QList<QSslCertificate> added;
    /** Made when it is first asked for: to read all certificates of a system takes a while. */
    std::optional<QSslConfiguration> configuration;
};

TrustedFiles &trustedFiles()
{
    static TrustedFiles files;
    return files;
}

Result<QList<QSslCertificate>> readCertificates(const QString &path)
{
    const Result<QByteArray> text = readRegularFile(
        path, LargestBundle, CertificateWords::tr("The certificate file “%1”").arg(path));
    if (!text) {
        return tl::make_unexpected(text.error());
    }
    const QList<QSslCertificate> found = QSslCertificate::fromData(*text);
    if (found.isEmpty()) {
        return fail(
            CertificateWords::tr("\"%1\" holds no certificate. A certificate file is text (PEM) "
                                 "with a line \"-----BEGIN CERTIFICATE-----\".")
                .arg(path));
    }
    return found;
}

QString environmentFile()
{
    return qEnvironmentVariable("SSL_CERT_FILE");
}

} // namespace

Result<void> TrustedCertificates::addFile(const QString &path)
{
    const Result<QList<QSslCertificate>> found = readCertificates(path);
    if (!found) {
        return tl::make_unexpected(found.error());
    }
    const QMutexLocker lock(&trustedFiles().mutex);
    trustedFiles().added += *found;
    trustedFiles().configuration.reset();
    return {};
}

Result<void> TrustedCertificates::checkEnvironment()
{
    if (environmentFile().isEmpty()) {
        return {};
    }
    const Result<QList<QSslCertificate>> found = readCertificates(environmentFile());
    if (!found) {
        return fail(CertificateWords::tr("%1 SSL_CERT_FILE names it.").arg(found.error().message));
    }
    return {};
}

QSslConfiguration TrustedCertificates::configuration()
{
    TrustedFiles &files = trustedFiles();
    const QMutexLocker lock(&files.mutex);
    if (!files.configuration) {
        QSslConfiguration made = QSslConfiguration::defaultConfiguration();
        QList<QSslCertificate> more = files.added;
        if (!environmentFile().isEmpty()) {
            more += readCertificates(environmentFile()).value_or(QList<QSslCertificate>());
        }
        // Without any, Qt looks each up in the system's store when it needs it, which is quicker.
        if (!more.isEmpty()) {
            made.setCaCertificates(QSslConfiguration::systemCaCertificates() + more);
        }
        files.configuration = made;
    }
    return *files.configuration;
}
