// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/incident/incidentapi.h"
#include "app/settings/secretstore.h"

#include <QDialog>
#include <optional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

/** Chooses where incidents go: the embedded sandbox or an incident API. */
class TargetDialog : public QDialog
{
    Q_OBJECT

public:
    explicit TargetDialog(const Target &target, QWidget *parent = nullptr);

    /** The base without a trailing slash; the key as typed, or the one that is kept. */
    Target target() const;
    /** Empty where it can be used; else a sentence. */
    QString objection() const;

    /** Where the target shows an incident; {id} stands for its id. */
    void setIncidentPage(const QString &page);
    QString incidentPage() const;

    void showHealth(const HealthReport &health, int scenarios);
    void showCheckFailed(const Error &error);

Q_SIGNALS:
    void checkRequested(const Target &target);

private:
    void updateFields();
    void readStored(const QString &trouble = {});
    void keepKey();
    void forgetKey();
    void say(const QString &sentence, bool good);

    QByteArray m_given;                          ///< the key that the dialog was opened with
    std::optional<SecretStore::Secret> m_stored; ///< absent while a keychain is asked
    QRadioButton *m_sandbox = nullptr;
    QRadioButton *m_other = nullptr;
    QLineEdit *m_url = nullptr;
    QLineEdit *m_key = nullptr;
    QLineEdit *m_page = nullptr;
    QLabel *m_keyPlace = nullptr;
    QPushButton *m_toKeychain = nullptr;
    QPushButton *m_forget = nullptr;
    QCheckBox *m_plainHttp = nullptr;
    QCheckBox *m_preferQuick = nullptr;
    QPushButton *m_test = nullptr;
    QPushButton *m_accept = nullptr;
    QLabel *m_result = nullptr;
};
