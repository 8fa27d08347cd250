using System.Collections.Frozen;

namespace VaultConformance.Harness.Secrets;

/// <summary>
/// The settings of Vault's and OpenBao's configuration blocks that are known to hold no credential. A block that is in here is a closed
/// world: any other string in it is a credential unless its value has no shape of one.
/// Sources: Vault documentation, configuration reference (storage, seal, listener, telemetry, service_registration, kms_library, entropy,
/// sentinel, reporting, replication, user_lockout), the structures that Vault decodes them into (internalshared/configutil: Listener,
/// Telemetry, KMS), and the OpenBao documentation, configuration reference.
/// </summary>
internal static class HarmlessSettings
{
    private const string Storage =
        "path node_id performance_multiplier trailing_logs snapshot_threshold snapshot_interval max_entry_size max_transaction_size "
            + "max_mount_and_namespace_table_entry_size "
        + "autopilot_reconcile_interval autopilot_update_interval autopilot_upgrade_version autopilot_redundancy_zone "
        + "raft_log_verifier_enabled raft_log_verification_interval raft_wal "
        + "retry_join_as_non_voter leader_api_addr leader_tls_servername leader_ca_cert_file leader_client_cert_file "
        + "leader_client_key_file leader_ca_cert leader_client_cert auto_join "
        + "auto_join_scheme auto_join_port address check_timeout consistency_mode disable_registration max_parallel scheme service "
        + "service_tags service_address session_ttl lock_wait_time "
        + "tls_ca_file tls_cert_file tls_key_file tls_min_version tls_skip_verify tls_enabled tls_verify_ip tls_verify_peers tls "
        + "max_connect_retries hostname port hostlist namespace set "
        + "username user subuser cluster_name auth_mode timeout idle_timeout bucket endpoint accountName container environment "
        + "arm_endpoint hosts keyspace table consistency protocol_version "
        + "initial_connection_timeout connection_timeout simple_retry_policy_retries pem_bundle_file pem_json_file connection_url "
        + "ha_enabled ha_table max_idle_connections skip_create_table "
        + "region read_capacity write_capacity max_retries dynamodb_allow_updates billing_mode discovery_srv discovery_srv_name etcd_api "
        + "sync request_timeout lock_timeout cluster_file "
        + "api_version database chunk_size directory key_id url server schema appname connectiontimeout logLevel "
        + "plaintext_credentials_transmission plaintext_connection_allowed "
        + "max_connection_lifetime lock_table bucket_name namespace_name lock_bucket_name auth_type_api_key s3_force_path_style "
        + "disable_ssl kms_key_id auth_url tenant tenant_id domain "
        + "project-domain trust_id storage_url redirect_addr advertise_addr cluster_addr disable_clustering";

    private const string Seal =
        "name priority disabled purpose region kms_key_id endpoint domain tenant_id client_id environment vault_name key_name resource "
            + "project key_ring crypto_key key_id crypto_endpoint "
        + "management_endpoint auth_type_api_key lib slot token_label key_label default_key_label hmac_key_label default_hmac_key_label "
        + "hmac_key_id mechanism hmac_mechanism generate_key "
        + "max_parallel rsa_encrypt_local rsa_oaep_hash force_rw_session disable_software_encryption address mount_path namespace "
        + "key_id_prefix disable_renewal tls_ca_cert tls_client_cert "
        + "tls_client_key tls_server_name tls_skip_verify shared_config_filename shared_config_profile web_identity_token_file role_arn "
        + "role_session_name encrypt_alg ca_cert client_cert "
        + "server_name timeout kms_id identity_endpoint current_key_id previous_key_id aead_type";

    private const string Listener =
        "type purpose role address cluster_address max_request_size max_request_duration require_request_header tls_disable tls_cert_file "
            + "tls_key_file tls_min_version tls_max_version "
        + "tls_cipher_suites tls_prefer_server_cipher_suites tls_require_and_verify_client_cert tls_client_ca_file "
        + "tls_disable_client_certs http_read_timeout http_read_header_timeout "
        + "http_write_timeout http_idle_timeout proxy_protocol_behavior proxy_protocol_authorized_addrs x_forwarded_for_authorized_addrs "
        + "x_forwarded_for_hop_skips "
        + "x_forwarded_for_reject_not_present x_forwarded_for_reject_not_authorized x_forwarded_for_client_cert_header "
        + "x_forwarded_for_client_cert_header_decoders "
        + "x_forwarded_for_client_cert_decoders socket_mode socket_user socket_group cors_enabled cors_allowed_origins "
        + "cors_allowed_headers custom_response_headers chroot_namespace "
        + "redact_addresses redact_cluster_name redact_version disable_replication_status_endpoints disable_request_limiter "
        + "unauthenticated_metrics_access unauthenticated_pprof_access "
        + "unauthenticated_in_flight_requests_access enable_quit metrics_path metrics_only tls_acme_ca_directory tls_acme_ca_root "
        + "tls_acme_cache_path tls_acme_domains tls_acme_email "
        + "tls_acme_eab_key_id tls_acme_test_ca_directory tls_auto_reload tls_auto_reload_interval tls_key_exchange_preferences";

    private const string Telemetry =
        "statsite_address statsd_address disable_hostname enable_hostname_label metrics_prefix usage_gauge_period "
            + "maximum_gauge_cardinality circonus_api_app circonus_api_url "
        + "circonus_submission_interval circonus_check_id circonus_check_force_metric_activation circonus_check_instance_id "
        + "circonus_check_search_tag circonus_check_tags "
        + "circonus_check_display_name circonus_broker_id circonus_broker_select_tag dogstatsd_addr dogstatsd_tags "
        + "prometheus_retention_time stackdriver_project_id stackdriver_location "
        + "stackdriver_namespace stackdriver_debug_logs lease_metrics_epsilon num_lease_metrics_buckets "
        + "add_lease_metrics_namespace_labels opentelemetry_disable filter_default prefix_filter";

    private const string Others = "resource_id client_id auth_url name library mode seal_name additional_enabled_modules "
        + "billing_start_timestamp development_cluster enabled type "
        + "lockout_threshold lockout_duration lockout_counter_reset disable_lockout resolver_discover_servers logshipper_buffer_length "
        + "logshipper_buffer_size allow_forwarding_via_header "
        + "best_effort_wal_wait_duration namespace labels";

    private static readonly FrozenDictionary<string, FrozenSet<string>> Blocks = new Dictionary<string, FrozenSet<string>>
    {
        ["storage"] = Set(Storage), ["backend"] = Set(Storage), ["ha_storage"] = Set(Storage), ["ha_backend"] = Set(Storage),
        ["seal"] = Set(Seal), ["kms"] = Set(Seal), ["hsm"] = Set(Seal),
        ["listener"] = Set(Listener), ["telemetry"] = Set(Telemetry), ["service_registration"] = Set(Storage),
        ["cloud"] = Set(Others), ["kms_library"] = Set(Others), ["entropy"] = Set(Others), ["sentinel"] = Set(Others),
        ["reporting"] = Set(Others),
        ["replication"] = Set(Others), ["user_lockout"] = Set(Others),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>True when a block of this type is a closed world.</summary>
    /// <param name="block">Type of the block at the top of the configuration.</param>
    public static bool Closes(string block) => Blocks.ContainsKey(block);

    /// <summary>True when a setting is known to hold no credential.</summary>
    /// <param name="block">Type of the block at the top of the configuration.</param>
    /// <param name="setting">Name of the setting; the case of letters does not matter to HCL.</param>
    public static bool Know(string block, string setting) => Blocks.TryGetValue(block, out var known) && known.Contains(setting);

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
