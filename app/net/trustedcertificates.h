// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QSslConfiguration>

/**
 * Which certificates vouch for a server: the system's, those of the file that SSL_CERT_FILE names,
 * and those of files that were added. All of it may be called from any thread.
 */
namespace TrustedCertificates {

/**
 * Trusts the certificates of a PEM file as well, in all connections that are opened from now on.
 * An error, with a sentence, if it is no regular file of at most 8 MB or holds no certificate.
 */
Result<void> addFile(const QString &path);

/** Returns an error if SSL_CERT_FILE names a file that addFile() would refuse. */
Result<void> checkEnvironment();

/** Returns the configuration of a connection, with all that is trusted. A bad SSL_CERT_FILE adds
 * nothing. */
QSslConfiguration configuration();

} // namespace TrustedCertificates
